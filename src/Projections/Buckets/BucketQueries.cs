using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Buckets;

/// <summary>A bucket that exists.</summary>
/// <param name="Id">Never reused.</param>
/// <param name="Name">Bucket name.</param>
/// <param name="Owner">Canonical id of the owner.</param>
/// <param name="Region">Region given at creation.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
public sealed record Bucket(long Id, string Name, string Owner, string Region, DateTimeOffset CreatedAt);

/// <summary>Look-ups of buckets.</summary>
public sealed class BucketQueries : IAsyncDisposable
{
    private const string Columns = "bucket_id, name, owner, region, created_at";
    private readonly NpgsqlDataSource _database;
    private readonly BatchedLookup<string, Bucket> _byName;

    internal BucketQueries(NpgsqlDataSource database)
    {
        _database = database;
        _byName = new BatchedLookup<string, Bucket>(
            database,
            $"select {Columns} from buckets where name = any($1)",
            (keys, parameters) => parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys] }),
            row => (row.GetString(1), Read(row)));
    }

    /// <summary>The bucket of that name, or null.</summary>
    public ValueTask<Bucket?> FindAsync(string name, CancellationToken cancel) => _byName.FindAsync(name, cancel);

    /// <summary>The buckets of an owner in byte order of their names.</summary>
    public async Task<IReadOnlyList<Bucket>> ListAsync(string owner, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand(
            $"select {Columns} from buckets where owner = $1 order by name");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var buckets = new List<Bucket>();
        while (await reader.ReadAsync(cancel))
            buckets.Add(Read(reader));
        return buckets;
    }

    /// <summary>Stops the look-ups.</summary>
    public ValueTask DisposeAsync() => _byName.DisposeAsync();

    private static Bucket Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3),
        new DateTimeOffset(row.GetDateTime(4), TimeSpan.Zero));
}
