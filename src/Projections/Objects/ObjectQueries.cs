using System.Text.Json;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Objects;

/// <summary>Look-ups and listings of objects.</summary>
public sealed class ObjectQueries : IAsyncDisposable
{
    private const string FindLive = """
        select objects.bucket_id, objects.key, from_position, owner, last_modified, size, etag, extents, parts,
               metadata, checksum_algorithm, checksum_type, checksum_value
        from unnest($1::bigint[], $2::text[]) as wanted (bucket_id, key)
        join objects on objects.bucket_id = wanted.bucket_id and objects.key = wanted.key
        where objects.to_position is null
        """;

    private readonly NpgsqlDataSource _database;
    private readonly BatchedLookup<(long BucketId, string Key), ObjectVersion> _live;

    internal ObjectQueries(NpgsqlDataSource database)
    {
        _database = database;
        _live = new BatchedLookup<(long BucketId, string Key), ObjectVersion>(
            database,
            FindLive,
            (keys, parameters) =>
            {
                parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. keys.Select(key => key.BucketId)] });
                parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. keys.Select(key => key.Key)] });
            },
            row => ((row.GetInt64(0), row.GetString(1)), Read(row)));
    }

    /// <summary>The live object of that key, or null.</summary>
    public ValueTask<ObjectVersion?> FindAsync(long bucketId, string key, CancellationToken cancel) =>
        _live.FindAsync((bucketId, key), cancel);

    /// <summary>One page of the live objects of a bucket, in byte order of the keys.</summary>
    public Task<ListPage> ListAsync(ListRequest request, CancellationToken cancel) =>
        ListObjects.ListAsync(_database, request, cancel);

    /// <summary>Stops the look-ups.</summary>
    public ValueTask DisposeAsync() => _live.DisposeAsync();

    internal static ObjectMetadata DecodeMetadata(byte[] json) =>
        JsonSerializer.Deserialize(json, EventJson.Canonical.ObjectMetadata)
        ?? throw new InvalidDataException("The metadata of an object is null.");

    internal static ObjectChecksum? ReadChecksum(NpgsqlDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new ObjectChecksum(row.GetString(column), row.GetString(column + 2), row.GetString(column + 1));

    private static ObjectVersion Read(NpgsqlDataReader row) => new()
    {
        BucketId = row.GetInt64(0),
        Key = row.GetString(1),
        Position = row.GetInt64(2),
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
    };
}
