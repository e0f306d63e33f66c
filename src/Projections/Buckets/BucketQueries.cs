using System.Collections.Concurrent;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Projections.Engine;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Buckets;

/// <summary>Look-ups of buckets.</summary>
public sealed class BucketQueries
{
    internal const string Columns = """
        bucket_id, name, owner, region, created_at, versioning, object_lock, default_retention_mode,
        default_retention_days, default_retention_years, configured_at
        """;

    /// <summary>Buckets whose configurations are kept in memory.</summary>
    private const int CachedBuckets = 1024;

    private readonly NpgsqlDataSource _database;
    private readonly BatchedLookup<string, Bucket> _byName;
    private readonly ConcurrentDictionary<long, (long ConfiguredAt, BucketConfigurations Configurations)> _cache = [];

    internal BucketQueries(NpgsqlDataSource database, LookupQueue lookups)
    {
        _database = database;
        _byName = new BatchedLookup<string, Bucket>(
            lookups,
            $"select {Columns} from buckets where name = any($1)",
            (names, command) => command.Add(NpgsqlDbType.Text, names.ToArray()),
            row => row.GetString(1),
            Read);
    }

    /// <summary>The bucket of that name, or null.</summary>
    public Task<Bucket?> FindAsync(string name, CancellationToken cancel) => _byName.FindAsync(name, cancel);

    /// <summary>
    /// The same, asked for together with what is asked for next, or <see cref="EventStore.SendLookups"/>.
    /// </summary>
    public Task<Bucket?> FindWithNextAsync(string name, CancellationToken cancel) =>
        _byName.FindWithNextAsync(name, cancel);

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

    /// <summary>
    /// The configurations of a bucket, at least as new as it says. The bucket is read anew for each request and tells
    /// when they last changed, so what is kept here is never stale, whichever process changed them.
    /// </summary>
    public async ValueTask<BucketConfigurations> ConfigurationsAsync(Bucket bucket, CancellationToken cancel)
    {
        if (bucket.ConfiguredAt == 0)
            return BucketConfigurations.None;
        if (_cache.TryGetValue(bucket.Id, out var cached) && cached.ConfiguredAt == bucket.ConfiguredAt)
            return cached.Configurations;
        await using var command = _database.CreateCommand(
            "select name, document from bucket_configurations where bucket_id = $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucket.Id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            documents.Add(reader.GetString(0), reader.GetString(1));
        if (_cache.Count >= CachedBuckets)
            _cache.Clear();
        var configurations = new BucketConfigurations(documents);
        _cache[bucket.Id] = (bucket.ConfiguredAt, configurations);
        return configurations;
    }

    internal static DefaultRetention? ReadDefaultRetention(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new DefaultRetention(
            Enum.Parse<RetentionMode>(row.GetString(column)),
            row.IsDBNull(column + 1) ? null : row.GetInt32(column + 1),
            row.IsDBNull(column + 2) ? null : row.GetInt32(column + 2));

    internal static Bucket Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3),
        new DateTimeOffset(row.GetDateTime(4), TimeSpan.Zero))
    {
        Versioning = Enum.Parse<VersioningStatus>(row.GetString(5)),
        ObjectLock = row.GetBoolean(6),
        DefaultRetention = ReadDefaultRetention(row, 7),
        ConfiguredAt = row.GetInt64(10),
    };
}
