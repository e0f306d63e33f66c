using CasStore.Events.Uploads;
using CasStore.Projections.Objects;
using Npgsql;

namespace CasStore.Projections.Uploads;

/// <summary>Look-ups and listings of multipart uploads.</summary>
public sealed class UploadQueries
{
    private const string Columns = """
        upload_id, bucket_id, key, initiator, started_at, to_position, metadata, checksum_algorithm, checksum_type,
        completed_etag, coalesce(owner, initiator), tags, acl, retention_mode, retain_until, legal_hold
        """;

    private readonly NpgsqlDataSource _database;

    internal UploadQueries(NpgsqlDataSource database) => _database = database;

    /// <summary>The upload of that id, open or completed or aborted, or null.</summary>
    public async Task<Upload?> FindAsync(string uploadId, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand($"select {Columns} from uploads where upload_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = uploadId });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(reader) : null;
    }

    /// <summary>
    /// Parts with a number above <paramref name="afterNumber"/>, in order, at most <paramref name="limit"/>.
    /// </summary>
    public async Task<IReadOnlyList<UploadedPart>> ListPartsAsync(
        string uploadId, int afterNumber, int limit, CancellationToken cancel)
    {
        await using var command = _database.CreateCommand("""
            select part_number, size, etag, last_modified, extents, checksum_algorithm, checksum_type, checksum_value
            from upload_parts where upload_id = $1 and part_number > $2 order by part_number limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = uploadId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = afterNumber });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var parts = new List<UploadedPart>();
        while (await reader.ReadAsync(cancel))
        {
            var content = new PartContent
            {
                Size = reader.GetInt64(1),
                ETag = reader.GetString(2),
                Extents = ExtentCodec.Decode(reader.GetFieldValue<byte[]>(4)),
                Checksum = ObjectQueries.ReadChecksum(reader, 5),
            };
            parts.Add(new UploadedPart(
                reader.GetInt32(0), content, new DateTimeOffset(reader.GetDateTime(3), TimeSpan.Zero)));
        }
        return parts;
    }

    /// <summary>One page of the open uploads of a bucket.</summary>
    public Task<UploadPage> ListAsync(ListUploadsRequest request, CancellationToken cancel) =>
        ListUploads.ListAsync(_database, request, cancel);

    private static Upload Read(NpgsqlDataReader row) => new()
    {
        UploadId = row.GetString(0),
        BucketId = row.GetInt64(1),
        Key = row.GetString(2),
        Initiator = row.GetString(3),
        StartedAt = new DateTimeOffset(row.GetDateTime(4), TimeSpan.Zero),
        IsOpen = row.IsDBNull(5),
        Metadata = ObjectQueries.DecodeMetadata(row.GetFieldValue<byte[]>(6)),
        ChecksumAlgorithm = row.IsDBNull(7) ? null : row.GetString(7),
        ChecksumType = row.IsDBNull(8) ? null : row.GetString(8),
        CompletedETag = row.IsDBNull(9) ? null : row.GetString(9),
        Owner = row.GetString(10),
        Tags = ObjectQueries.ReadTags(row, 11),
        Acl = row.IsDBNull(12) ? null : row.GetString(12),
        Retention = ObjectQueries.ReadRetention(row, 13),
        LegalHold = row.IsDBNull(15) ? null : row.GetBoolean(15),
    };
}
