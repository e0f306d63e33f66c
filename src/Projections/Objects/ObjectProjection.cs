using System.Text.Json;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>
/// Keeps the states of every key, and with them each bucket's usage. A batch is folded per key first, so that two
/// statements do for any number of events, even when several of them are about one key.
/// </summary>
internal sealed class ObjectProjection : IInlineProjection
{
    private const string CloseStatesAndCountUsage = """
        with closed as (
            update objects set to_position = ends.position
            from unnest($1::bigint[], $2::text[], $3::bigint[]) as ends (bucket_id, key, position)
            where objects.bucket_id = ends.bucket_id and objects.key = ends.key and objects.to_position is null
            returning objects.bucket_id, objects.size
        ), change as (
            select bucket_id, sum(objects)::bigint as objects, sum(bytes)::bigint as bytes
            from (
                select bucket_id, -1 as objects, -size as bytes from closed
                union all
                select * from unnest($4::bigint[], $5::bigint[], $6::bigint[])
            ) as each_change
            group by bucket_id
        )
        insert into bucket_usage (bucket_id, objects, bytes)
        select bucket_id, objects, bytes from change
        on conflict (bucket_id) do update
            set objects = bucket_usage.objects + excluded.objects, bytes = bucket_usage.bytes + excluded.bytes
        """;

    private const string InsertStates = """
        insert into objects (bucket_id, key, from_position, to_position, owner, last_modified, size, etag, extents,
            parts, metadata, storage_class, checksum_algorithm, checksum_type, checksum_value)
        select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::timestamptz[],
            $7::bigint[], $8::text[], $9::bytea[], $10::bytea[], $11::bytea[], $12::text[], $13::text[], $14::text[],
            $15::text[])
        """;

    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var fold = ObjectFold.Of(events);
        if (fold.Ends.Count == 0)
            return;
        var opened = fold.Ends.Keys
            .Select(key => (key.BucketId, Objects: 0L, Bytes: 0L))
            .Concat(fold.States.Where(state => state.To is null)
                .Select(state => (state.Created.BucketId, Objects: 1L, Bytes: state.Created.Content.Size)))
            .GroupBy(change => change.BucketId)
            .Select(bucket => (Id: bucket.Key, Objects: bucket.Sum(c => c.Objects), Bytes: bucket.Sum(c => c.Bytes)))
            .ToList();
        batch.Add(CloseStatesAndCountUsage)
            .Add(NpgsqlDbType.Bigint, fold.Ends.Keys.Select(key => key.BucketId).ToArray())
            .Add(NpgsqlDbType.Text, fold.Ends.Keys.Select(key => key.Key).ToArray())
            .Add(NpgsqlDbType.Bigint, fold.Ends.Values.ToArray())
            .Add(NpgsqlDbType.Bigint, opened.Select(bucket => bucket.Id).ToArray())
            .Add(NpgsqlDbType.Bigint, opened.Select(bucket => bucket.Objects).ToArray())
            .Add(NpgsqlDbType.Bigint, opened.Select(bucket => bucket.Bytes).ToArray());
        if (fold.States.Count > 0)
            Insert(fold.States, batch);
    }

    private static void Insert(IReadOnlyList<ObjectFold.State> states, NpgsqlBatch batch)
    {
        var created = states.Select(state => state.Created).ToArray();
        batch.Add(InsertStates)
            .Add(NpgsqlDbType.Bigint, created.Select(e => e.BucketId).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Key).ToArray())
            .Add(NpgsqlDbType.Bigint, states.Select(state => state.From).ToArray())
            .Add(NpgsqlDbType.Bigint, states.Select(state => state.To).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Owner).ToArray())
            .Add(NpgsqlDbType.TimestampTz, states.Select(state => state.At.UtcDateTime).ToArray())
            .Add(NpgsqlDbType.Bigint, created.Select(e => e.Content.Size).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Content.ETag).ToArray())
            .Add(NpgsqlDbType.Bytea, created.Select(e => ExtentCodec.Encode(e.Content.Extents)).ToArray())
            .Add(NpgsqlDbType.Bytea, created.Select(e => EncodeParts(e.Content.Parts)).ToArray())
            .Add(NpgsqlDbType.Bytea, created.Select(e => EncodeMetadata(e.Metadata)).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Metadata.StorageClass).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Content.Checksum?.Algorithm).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Content.Checksum?.Type).ToArray())
            .Add(NpgsqlDbType.Text, created.Select(e => e.Content.Checksum?.Value).ToArray());
    }

    internal static byte[] EncodeMetadata(ObjectMetadata metadata) =>
        JsonSerializer.SerializeToUtf8Bytes(metadata, EventJson.Canonical.ObjectMetadata);

    private static byte[]? EncodeParts(IReadOnlyList<ObjectPart>? parts) => parts is null
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(parts, EventJson.Canonical.IReadOnlyListObjectPart);
}
