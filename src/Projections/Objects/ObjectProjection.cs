using System.Text.Json;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>
/// Keeps the states of every version, and with them each bucket's usage. Runs of writes are folded per key first, so
/// that a few statements do for any number of them, even when several are about one key.
/// </summary>
internal sealed class ObjectProjection : IInlineProjection
{
    // As with the events: columns side by side.
    private const string InsertStates = """
        insert into objects (bucket_id, key, from_position, to_position, owner, last_modified, size, etag, extents,
            parts, metadata, storage_class, checksum_algorithm, checksum_type, checksum_value, version_position,
            is_null_version, is_delete_marker, superseded_position, tags, acl, retention_mode, retain_until, legal_hold)
        select unnest($1::bigint[]), unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::text[]),
            unnest($6::timestamptz[]), unnest($7::bigint[]), unnest($8::text[]), unnest($9::bytea[]),
            unnest($10::bytea[]), unnest($11::bytea[]), unnest($12::text[]), unnest($13::text[]), unnest($14::text[]),
            unnest($15::text[]), unnest($3::bigint[]),
            unnest($16::boolean[]), unnest($17::boolean[]), unnest($18::bigint[]), unnest($19::bytea[]),
            unnest($20::text[]), unnest($21::text[]), unnest($22::timestamptz[]), unnest($23::boolean[])
        """;

    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var run = new List<RecordedEvent>();
        foreach (var recorded in events)
        {
            if (ObjectFold.Folds(recorded.Event))
            {
                run.Add(recorded);
            }
            else if (VersionChanges.Applies(recorded.Event))
            {
                ProjectRun(run, batch);
                run.Clear();
                VersionChanges.Project(recorded, batch);
            }
        }
        ProjectRun(run, batch);
    }

    private static void ProjectRun(List<RecordedEvent> run, NpgsqlBatch batch)
    {
        var fold = ObjectFold.Of(run);
        if (fold.Ends.Count > 0)
            EndStates(ObjectRows.Live, fold.Ends, batch);
        var versioned = fold.Ends.Where(end => end.Value.Versioned).ToDictionary();
        if (versioned.Count > 0)
            EndStates(ObjectRows.Marker, versioned, batch);
        var nulls = versioned.Where(end => end.Value.NullVersion is not null).ToDictionary();
        if (nulls.Count > 0)
            EndStates($"{ObjectRows.Noncurrent} and objects.is_null_version", nulls, batch);
        BucketUsage.Count(fold.States, batch);
        if (fold.States.Count > 0)
            Insert(fold.States, batch);
    }

    private static void EndStates(
        string rows, Dictionary<(long BucketId, string Key), ObjectFold.End> ends, NpgsqlBatch batch) =>
        batch.Add($"""
            with ending as materialized (
                select ends.*, open.from_position
                from (select unnest($1::bigint[]) as bucket_id, unnest($2::text[]) as key,
                    unnest($3::bigint[]) as superseded, unnest($4::bigint[]) as null_version) as ends
                cross join lateral (
                    select objects.from_position from objects
                    where objects.bucket_id = ends.bucket_id and objects.key = ends.key and {rows} limit 1
                ) as open
            ), ended as (
                update objects set superseded_position = coalesce(objects.superseded_position, ending.superseded),
                    to_position = case when objects.is_null_version then ending.null_version end
                from ending
                where objects.bucket_id = ending.bucket_id and objects.key = ending.key
                    and objects.from_position = ending.from_position
                returning objects.bucket_id, objects.size, objects.to_position, objects.is_delete_marker
            ), change as (
                select bucket_id, count(*) as objects, sum(size)::bigint as bytes
                from ended where to_position is not null and not is_delete_marker group by bucket_id
            )
            update bucket_usage
            set objects = bucket_usage.objects - change.objects, bytes = bucket_usage.bytes - change.bytes
            from change where bucket_usage.bucket_id = change.bucket_id
            """)
            .Add(NpgsqlDbType.Bigint, ends.Keys.Select(key => key.BucketId).ToArray())
            .Add(NpgsqlDbType.Text, ends.Keys.Select(key => key.Key).ToArray())
            .Add(NpgsqlDbType.Bigint, ends.Values.Select(end => end.Superseded).ToArray())
            .Add(NpgsqlDbType.Bigint, ends.Values.Select(end => end.NullVersion).ToArray());

    private static void Insert(List<ObjectFold.State> states, NpgsqlBatch batch)
    {
        T[] Column<T>(Func<ObjectFold.State, T> value) => states.ConvertAll(state => value(state)).ToArray();
        batch.Add(InsertStates)
            .Add(NpgsqlDbType.Bigint, Column(state => state.BucketId))
            .Add(NpgsqlDbType.Text, Column(state => state.Key))
            .Add(NpgsqlDbType.Bigint, Column(state => state.Recorded.Position))
            .Add(NpgsqlDbType.Bigint, Column(state => state.To))
            .Add(NpgsqlDbType.Text, Column(state => state.Owner))
            .Add(NpgsqlDbType.TimestampTz, Column(state => state.Recorded.OccurredAt.UtcDateTime))
            .Add(NpgsqlDbType.Bigint, Column(state => state.Created?.Content.Size ?? 0))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Content.ETag ?? ""))
            .Add(NpgsqlDbType.Bytea, Column(state => ExtentCodec.Encode(state.Created?.Content.Extents ?? [])))
            .Add(NpgsqlDbType.Bytea, Column(state => EncodeParts(state.Created?.Content.Parts)))
            .Add(NpgsqlDbType.Bytea, Column(state => EncodeMetadata(state.Created?.Metadata ?? new ObjectMetadata())))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Metadata.StorageClass))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Content.Checksum?.Algorithm))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Content.Checksum?.Type))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Content.Checksum?.Value))
            .Add(NpgsqlDbType.Boolean, Column(state => state.IsNull))
            .Add(NpgsqlDbType.Boolean, Column(state => state.Created is null))
            .Add(NpgsqlDbType.Bigint, Column(state => state.Superseded))
            .Add(NpgsqlDbType.Bytea, Column(state => EncodeTags(state.Created?.Tags)))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Acl))
            .Add(NpgsqlDbType.Text, Column(state => state.Created?.Retention?.Mode.ToString()))
            .Add(NpgsqlDbType.TimestampTz, Column(state => state.Created?.Retention?.Until.UtcDateTime))
            .Add(NpgsqlDbType.Boolean, Column(state => state.Created?.LegalHold));
    }

    internal static byte[] EncodeMetadata(ObjectMetadata metadata) =>
        JsonSerializer.SerializeToUtf8Bytes(metadata, EventJson.Canonical.ObjectMetadata);

    /// <summary>Tags as a column; none at all is null.</summary>
    internal static byte[]? EncodeTags(IReadOnlyList<ObjectTag>? tags) => tags is null or []
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(tags, EventJson.Canonical.IReadOnlyListObjectTag);

    private static byte[]? EncodeParts(IReadOnlyList<ObjectPart>? parts) => parts is null
        ? null
        : JsonSerializer.SerializeToUtf8Bytes(parts, EventJson.Canonical.IReadOnlyListObjectPart);
}
