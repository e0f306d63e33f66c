using CasStore.Events.Log;
using CasStore.Events.Objects;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Objects;

/// <summary>
/// Changes of single versions. Each ends the version's state; what changes but stays gets a new one, so that the past
/// stays as it was.
/// </summary>
internal static class VersionChanges
{
    private const string Columns = """
        owner, last_modified, size, etag, extents, parts, metadata, storage_class, checksum_algorithm, checksum_type,
        checksum_value, version_position, is_null_version, is_delete_marker
        """;

    private const string Target = """
        wanted as (
            select $1::bigint as bucket_id, $2::text as key, $3::bigint as version
        ), target as (
        """;

    private const string CountReferences = """
        update blob_references set "references" = blob_references."references" + counted."references"
        from (
            select digest, count(*) as "references" from copied, extent_digests(copied.extents) as digest
            group by digest
        ) as counted
        where blob_references.digest = counted.digest
        """;

    // $4 is the event's position. The newest of the older versions takes the place of a newest that was deleted.
    private static readonly string Delete = $"""
        with {Target} {ObjectRows.OfWanted("objects.*")}
        ), ended as (
            update objects set to_position = $4 from target
            where objects.bucket_id = target.bucket_id and objects.key = target.key
                and objects.from_position = target.from_position
            returning objects.*
        ), usage as (
            update bucket_usage set objects = bucket_usage.objects - 1, bytes = bucket_usage.bytes - ended.size
            from ended where bucket_usage.bucket_id = ended.bucket_id and not ended.is_delete_marker
        ), next as (
            select older.* from ended cross join lateral (
                select * from objects
                where objects.bucket_id = ended.bucket_id and objects.key = ended.key and {ObjectRows.Noncurrent}
                order by version_position desc limit 1) as older
            where ended.superseded_position is null
        ), moved as (
            update objects set to_position = $4 from next
            where objects.bucket_id = next.bucket_id and objects.key = next.key
                and objects.from_position = next.from_position
            returning objects.*
        ), copied as (
            insert into objects (bucket_id, key, from_position, to_position, superseded_position, {Columns},
                tags, acl, retention_mode, retain_until, legal_hold)
            select bucket_id, key, $4, null, null, {Columns}, tags, acl, retention_mode, retain_until, legal_hold
            from moved
            returning extents
        )
        {CountReferences}
        """;

    public static bool Applies(IEvent @event) => @event
        is ObjectVersionDeleted or ObjectTagged or ObjectAclSet or ObjectRetentionSet or ObjectLegalHoldSet;

    public static void Project(RecordedEvent recorded, NpgsqlBatch batch)
    {
        var position = recorded.Position;
        switch (recorded.Event)
        {
            case ObjectVersionDeleted e:
                Of(batch.Add(Delete), e.BucketId, e.Key, e.VersionId, position);
                break;
            case ObjectTagged e:
                Of(batch.Add(Change("$5, acl, retention_mode, retain_until, legal_hold")),
                    e.BucketId, e.Key, e.VersionId, position)
                    .AddNullable(NpgsqlDbType.Bytea, ObjectProjection.EncodeTags(e.Tags));
                break;
            case ObjectAclSet e:
                Of(batch.Add(Change("tags, $5, retention_mode, retain_until, legal_hold")),
                    e.BucketId, e.Key, e.VersionId, position).Add(e.Acl);
                break;
            case ObjectRetentionSet e:
                Of(batch.Add(Change("tags, acl, $5, $6, legal_hold")), e.BucketId, e.Key, e.VersionId, position)
                    .AddNullable(NpgsqlDbType.Text, e.Retention?.Mode.ToString())
                    .AddNullable(NpgsqlDbType.TimestampTz, e.Retention?.Until.UtcDateTime);
                break;
            case ObjectLegalHoldSet e:
                Of(batch.Add(Change("tags, acl, retention_mode, retain_until, $5")),
                    e.BucketId, e.Key, e.VersionId, position).Add(e.On);
                break;
        }
    }

    private static string Change(string attributes) => $"""
        with {Target} {ObjectRows.OfWanted("objects.*")}
        ), ended as (
            update objects set to_position = $4 from target
            where objects.bucket_id = target.bucket_id and objects.key = target.key
                and objects.from_position = target.from_position
            returning objects.*
        ), copied as (
            insert into objects (bucket_id, key, from_position, to_position, superseded_position, {Columns},
                tags, acl, retention_mode, retain_until, legal_hold)
            select bucket_id, key, $4, null, superseded_position, {Columns}, {attributes} from ended
            returning extents
        )
        {CountReferences}
        """;

    private static NpgsqlBatchCommand Of(
        NpgsqlBatchCommand command, long bucketId, string key, string versionId, long position) =>
        command.Add(bucketId).Add(key).Add(VersionId.Position(versionId)).Add(position);
}
