using CasStore.Events.Log;
using CasStore.Projections.Objects;
using Npgsql;
using NpgsqlTypes;

namespace CasStore.Projections.Uploads;

/// <summary>Keeps uploads and the parts of open ones; takes back the blob references of parts that go.</summary>
internal sealed class UploadProjection : IInlineProjection
{
    private const string InsertUploads = """
        insert into uploads (upload_id, bucket_id, key, initiator, started_at, from_position, metadata,
            checksum_algorithm, checksum_type, owner, tags, acl, retention_mode, retain_until, legal_hold)
        select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[],
            $7::bytea[], $8::text[], $9::text[], $10::text[], $11::bytea[], $12::text[], $13::text[],
            $14::timestamptz[], $15::boolean[])
        """;

    // Looked up by id: uploads_open, which has no ids, looks cheaper to PostgreSQL as long as it is empty. So its
    // condition is not said in its words.
    private const string CloseUploads = """
        update uploads set to_position = ends.position, completed_etag = ends.etag
        from unnest($1::text[], $2::bigint[], $3::text[]) as ends (upload_id, position, etag)
        where uploads.upload_id = ends.upload_id and coalesce(uploads.to_position, 0) = 0
        """;

    private const string CloseUploadsOfBuckets = $"""
        update uploads set to_position = ends.position
        from unnest($1::bigint[], $2::bigint[]) as ends (bucket_id, position) {OpenUploads}
        where uploads.upload_id = open.upload_id
        """;

    // The offset keeps it a look-up by bucket, whatever else the statement joins.
    private const string OpenUploads = """
        cross join lateral (
            select uploads.upload_id from uploads
            where uploads.bucket_id = ends.bucket_id and uploads.to_position is null offset 0
        ) as open
        """;

    private const string RemoveParts = $"""
        with gone as (
            delete from upload_parts using unnest($1::text[], $2::integer[]) as replaced (upload_id, part_number)
            where upload_parts.upload_id = replaced.upload_id and upload_parts.part_number = replaced.part_number
            returning upload_parts.extents
        ), {TakeReferencesBack}
        """;

    private const string RemovePartsOfUploads = $"""
        with gone as (
            delete from upload_parts where upload_id = any($1::text[]) returning upload_parts.extents
        ), {TakeReferencesBack}
        """;

    private const string RemovePartsOfBuckets = $"""
        with gone as (
            delete from upload_parts using unnest($1::bigint[]) as ends (bucket_id) {OpenUploads}
            where upload_parts.upload_id = open.upload_id
            returning upload_parts.extents
        ), {TakeReferencesBack}
        """;

    private const string TakeReferencesBack = """
        lost as (
            select digest, count(*) as "references" from gone, extent_digests(gone.extents) as digest group by digest
        )
        update blob_references set "references" = blob_references."references" - lost."references"
        from lost where blob_references.digest = lost.digest
        """;

    private const string InsertParts = """
        insert into upload_parts (upload_id, part_number, size, etag, last_modified, extents, checksum_algorithm,
            checksum_type, checksum_value)
        select * from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bytea[],
            $7::text[], $8::text[], $9::text[])
        """;

    public void Project(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
    {
        var fold = UploadFold.Of(events);
        if (fold.IsEmpty)
            return;
        if (fold.Started.Count > 0)
            Start(fold, batch);
        if (fold.Parts.Count > 0)
            ReplaceParts(fold, batch);
        if (fold.Ended.Count > 0)
        {
            batch.Add(RemovePartsOfUploads).Add(NpgsqlDbType.Text, fold.Ended.Keys.ToArray());
            batch.Add(CloseUploads)
                .Add(NpgsqlDbType.Text, fold.Ended.Keys.ToArray())
                .Add(NpgsqlDbType.Bigint, fold.Ended.Values.Select(end => end.Position).ToArray())
                .Add(NpgsqlDbType.Text, fold.Ended.Values.Select(end => end.CompletedETag).ToArray());
        }
        if (fold.EndedBuckets.Count > 0)
        {
            batch.Add(RemovePartsOfBuckets).Add(NpgsqlDbType.Bigint, fold.EndedBuckets.Keys.ToArray());
            batch.Add(CloseUploadsOfBuckets)
                .Add(NpgsqlDbType.Bigint, fold.EndedBuckets.Keys.ToArray())
                .Add(NpgsqlDbType.Bigint, fold.EndedBuckets.Values.ToArray());
        }
    }

    private static void Start(UploadFold fold, NpgsqlBatch batch) =>
        batch.Add(InsertUploads)
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.UploadId).ToArray())
            .Add(NpgsqlDbType.Bigint, fold.Started.Select(s => s.Event.BucketId).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.Key).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.Initiator).ToArray())
            .Add(NpgsqlDbType.TimestampTz, fold.Started.Select(s => s.At.UtcDateTime).ToArray())
            .Add(NpgsqlDbType.Bigint, fold.Started.Select(s => s.Position).ToArray())
            .Add(NpgsqlDbType.Bytea, fold.Started
                .Select(s => ObjectProjection.EncodeMetadata(s.Event.Metadata)).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.ChecksumAlgorithm).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.ChecksumType).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.Owner).ToArray())
            .Add(NpgsqlDbType.Bytea, fold.Started.Select(s => ObjectProjection.EncodeTags(s.Event.Tags)).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.Acl).ToArray())
            .Add(NpgsqlDbType.Text, fold.Started.Select(s => s.Event.Retention?.Mode.ToString()).ToArray())
            .Add(NpgsqlDbType.TimestampTz, fold.Started.Select(s => s.Event.Retention?.Until.UtcDateTime).ToArray())
            .Add(NpgsqlDbType.Boolean, fold.Started.Select(s => s.Event.LegalHold).ToArray());

    private static void ReplaceParts(UploadFold fold, NpgsqlBatch batch)
    {
        var parts = fold.Parts.Values;
        batch.Add(RemoveParts)
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.UploadId).ToArray())
            .Add(NpgsqlDbType.Integer, parts.Select(part => part.Event.PartNumber).ToArray());
        batch.Add(InsertParts)
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.UploadId).ToArray())
            .Add(NpgsqlDbType.Integer, parts.Select(part => part.Event.PartNumber).ToArray())
            .Add(NpgsqlDbType.Bigint, parts.Select(part => part.Event.Content.Size).ToArray())
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.Content.ETag).ToArray())
            .Add(NpgsqlDbType.TimestampTz, parts.Select(part => part.At.UtcDateTime).ToArray())
            .Add(NpgsqlDbType.Bytea, parts.Select(part => ExtentCodec.Encode(part.Event.Content.Extents)).ToArray())
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.Content.Checksum?.Algorithm).ToArray())
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.Content.Checksum?.Type).ToArray())
            .Add(NpgsqlDbType.Text, parts.Select(part => part.Event.Content.Checksum?.Value).ToArray());
    }
}
