using System.Text.Json;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Engine;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>Look-ups and listings of objects.</summary>
public sealed class ObjectQueries
{
    private const string Columns = """
        objects.bucket_id, objects.key, version_position, owner, last_modified, size, etag, extents, parts, metadata,
        checksum_algorithm, checksum_type, checksum_value, is_null_version, is_delete_marker, tags, acl,
        retention_mode, retain_until, legal_hold
        """;

    private const string FindLive = $"""
        select live.* from (select unnest($1::bigint[]) as bucket_id, unnest($2::text[]) as key) as wanted
        cross join lateral (
            select {Columns} from objects
            where objects.bucket_id = wanted.bucket_id and objects.key = wanted.key and {ObjectRows.Live} limit 1
        ) as live
        """;

    private const string FindLiveByName = $"""
        select live.*, wanted.bucket from (select unnest($1::text[]) as bucket, unnest($2::text[]) as key) as wanted
        cross join lateral (
            select bucket_id from buckets where buckets.name = wanted.bucket limit 1
        ) as bucket
        cross join lateral (
            select {Columns} from objects
            where objects.bucket_id = bucket.bucket_id and objects.key = wanted.key and {ObjectRows.Live} limit 1
        ) as live
        """;

    private static readonly string FindVersion = $"""
        with wanted as (select $1::bigint as bucket_id, $2::text as key, $3::bigint as version)
        {ObjectRows.OfWanted(Columns)}
        """;

    private const string FindMarker = $"""
        select {Columns} from objects where bucket_id = $1 and key = $2 and {ObjectRows.Marker}
        """;

    private readonly NpgsqlDataSource _database;
    private readonly BatchedLookup<ObjectId, ObjectVersion> _live;
    private readonly BatchedLookup<ObjectName, ObjectVersion> _liveByName;
    private readonly BatchedLookup<ObjectName, WriteTarget> _writeTargets;

    internal ObjectQueries(NpgsqlDataSource database, LookupQueue lookups)
    {
        _database = database;
        _live = new BatchedLookup<ObjectId, ObjectVersion>(
            lookups,
            FindLive,
            (wanted, command) => command
                .Add(NpgsqlDbType.Bigint, wanted.Select(id => id.BucketId).ToArray())
                .Add(NpgsqlDbType.Text, wanted.Select(id => id.Key).ToArray()),
            row => new ObjectId(row.GetInt64(0), row.GetString(1)),
            Read);
        _liveByName = new BatchedLookup<ObjectName, ObjectVersion>(
            lookups,
            FindLiveByName,
            (wanted, command) => command
                .Add(NpgsqlDbType.Text, wanted.Select(name => name.Bucket).ToArray())
                .Add(NpgsqlDbType.Text, wanted.Select(name => name.Key).ToArray()),
            row => new ObjectName(row.GetString(20), row.GetString(1)),
            Read);
        _writeTargets = WriteTarget.Lookup(lookups);
    }

    // A class: generic code of its own for a structure would be larger than this is slower.
    private sealed record ObjectId(long BucketId, string Key);

    /// <summary>The live object of that key, or null.</summary>
    public Task<ObjectVersion?> FindAsync(long bucketId, string key, CancellationToken cancel) =>
        _live.FindAsync(new ObjectId(bucketId, key), cancel);

    /// <summary>
    /// The live object of that key in the bucket that has a name, or null: for who does not know the bucket's id yet.
    /// Asked for together with what is asked for next, or <see cref="EventStore.SendLookups"/>.
    /// </summary>
    public Task<ObjectVersion?> FindWithNextAsync(string bucket, string key, CancellationToken cancel) =>
        _liveByName.FindWithNextAsync(new ObjectName(bucket, key), cancel);

    /// <summary>Where to write a key of the bucket that has a name; null when there is no such bucket.</summary>
    public Task<WriteTarget?> FindWriteTargetAsync(string bucket, string key, CancellationToken cancel) =>
        _writeTargets.FindAsync(new ObjectName(bucket, key), cancel);

    /// <summary>
    /// The same, asked for together with what is asked for next, or <see cref="EventStore.SendLookups"/>.
    /// </summary>
    public Task<WriteTarget?> FindWriteTargetWithNextAsync(string bucket, string key, CancellationToken cancel) =>
        _writeTargets.FindWithNextAsync(new ObjectName(bucket, key), cancel);

    /// <summary>The version of that id, which may be a delete marker, or null.</summary>
    public async Task<ObjectVersion?> FindVersionAsync(
        long bucketId, string key, string versionId, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand(FindVersion);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = VersionId.Position(versionId) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>The delete marker that is the newest version of that key, or null.</summary>
    public async Task<ObjectVersion?> FindMarkerAsync(long bucketId, string key, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand(FindMarker);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>One page of the versions of a bucket: by key, the newest first.</summary>
    public Task<VersionPage> ListVersionsAsync(ListVersionsRequest request, CancellationToken cancel) =>
        ListVersions.ListAsync(_database, request, cancel);

    /// <summary>One page of the live objects of a bucket, in byte order of the keys.</summary>
    public Task<ListPage> ListAsync(ListRequest request, CancellationToken cancel) =>
        ListObjects.ListAsync(_database, request, cancel);

    internal static ObjectMetadata DecodeMetadata(byte[] json) =>
        JsonSerializer.Deserialize(json, EventJson.Canonical.ObjectMetadata)
        ?? throw new InvalidDataException("The metadata of an object is null.");

    internal static ObjectChecksum? ReadChecksum(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new ObjectChecksum(row.GetString(column), row.GetString(column + 2), row.GetString(column + 1));

    internal static IReadOnlyList<ObjectTag>? ReadTags(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(column), EventJson.Canonical.IReadOnlyListObjectTag);

    internal static ObjectRetention? ReadRetention(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new ObjectRetention(
            Enum.Parse<RetentionMode>(row.GetString(column)),
            new DateTimeOffset(row.GetDateTime(column + 1), TimeSpan.Zero));

    private static ObjectVersion Read(NpgsqlDataReader row) => new()
    {
        BucketId = row.GetInt64(0),
        Key = row.GetString(1),
        VersionId = row.GetBoolean(13) ? VersionId.Null : VersionId.Of(row.GetInt64(2)),
        IsDeleteMarker = row.GetBoolean(14),
        Owner = row.GetString(3),
        LastModified = new DateTimeOffset(row.GetDateTime(4), TimeSpan.Zero),
        Content = new ObjectContent
        {
            Size = row.GetInt64(5),
            ETag = row.GetString(6),
            Extents = ExtentCodec.Decode(row.GetFieldValue<byte[]>(7)),
            Parts = row.IsDBNull(8)
                ? null
                : JsonSerializer.Deserialize(
                    row.GetFieldValue<byte[]>(8), EventJson.Canonical.IReadOnlyListObjectPart),
            Checksum = ReadChecksum(row, 10),
        },
        Metadata = DecodeMetadata(row.GetFieldValue<byte[]>(9)),
        Tags = ReadTags(row, 15) ?? [],
        Acl = row.IsDBNull(16) ? null : row.GetString(16),
        Retention = ReadRetention(row, 17),
        LegalHold = row.IsDBNull(19) ? null : row.GetBoolean(19),
    };
}
