using CasStore.Events.Log;
using CasStore.Projections.Engine;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Access;

/// <summary>A user.</summary>
public sealed record User(string UserId, string Name, string DisplayName, string? Email);

/// <summary>An access key with the user that it belongs to.</summary>
public sealed record AccessKey(string Id, bool IsActive, byte[] SealedSecret, DateTimeOffset CreatedAt, User User);

/// <summary>
/// Look-ups of users and access keys. The root identity is not among them: it comes from the settings.
/// </summary>
public sealed class AccessQueries
{
    private const string SelectUsers = "select user_id, name, display_name, email from users";

    private const string SelectKeys = """
        select users.user_id, name, display_name, email, access_key, is_active, sealed_secret, created_at
        from access_keys join users on users.user_id = access_keys.user_id
        """;

    private readonly NpgsqlDataSource _database;
    private readonly BatchedLookup<string, AccessKey> _keys;
    private readonly BatchedLookup<string, User> _users;

    internal AccessQueries(NpgsqlDataSource database, LookupQueue lookups)
    {
        _database = database;
        _keys = new BatchedLookup<string, AccessKey>(
            lookups, $"{SelectKeys} where access_key = any($1)", Bind, row => row.GetString(4), ReadKey);
        _users = new BatchedLookup<string, User>(
            lookups, $"{SelectUsers} where user_id = any($1)", Bind, row => row.GetString(0), ReadUser);

        static void Bind(IReadOnlyCollection<string> ids, NpgsqlBatchCommand command) =>
            command.Add(NpgsqlDbType.Text, ids.ToArray());
    }

    /// <summary>The access key of that id, or null.</summary>
    public Task<AccessKey?> FindKeyAsync(string accessKey, CancellationToken cancel) =>
        _keys.FindAsync(accessKey, cancel);

    /// <summary>The user of that canonical id, or null.</summary>
    public Task<User?> FindUserAsync(string userId, CancellationToken cancel) => _users.FindAsync(userId, cancel);

    /// <summary>The user of that name, or null.</summary>
    public async Task<User?> FindUserByNameAsync(string name, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand($"{SelectUsers} where name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        return (await ReadAllAsync(command, ReadUser, cancel)).FirstOrDefault();
    }

    /// <summary>All users by name.</summary>
    public async Task<IReadOnlyList<User>> ListUsersAsync(CancellationToken cancel)
    {
        await using var command = _database.CreateCommand($"{SelectUsers} order by name");
        return await ReadAllAsync(command, ReadUser, cancel);
    }

    /// <summary>The access keys of a user, oldest first.</summary>
    public async Task<IReadOnlyList<AccessKey>> ListKeysAsync(string userId, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand(
            $"{SelectKeys} where users.user_id = $1 order by from_position");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = userId });
        return await ReadAllAsync(command, ReadKey, cancel);
    }

    private static async Task<List<T>> ReadAllAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    private static User ReadUser(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));

    private static AccessKey ReadKey(NpgsqlDataReader row) => new(
        row.GetString(4), row.GetBoolean(5), row.GetFieldValue<byte[]>(6),
        new DateTimeOffset(row.GetDateTime(7), TimeSpan.Zero), ReadUser(row));
}
