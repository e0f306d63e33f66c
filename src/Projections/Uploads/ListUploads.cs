using CasStore.Projections.Engine;
using CasStore.Projections.Objects;
using Npgsql;

namespace CasStore.Projections.Uploads;

/// <summary>
/// Lists open uploads by keyset on (key, start), a page in one round trip: with a delimiter by a skip scan.
/// </summary>
internal static class ListUploads
{
    private const string Columns = """
        upload_id, key, initiator, started_at, metadata, checksum_algorithm, checksum_type, from_position
        """;

    private static readonly string[] FlatStatements = [Flat(bounded: false), Flat(bounded: true)];
    private static readonly string[] RolledUpStatements = [RolledUp(bounded: false), RolledUp(bounded: true)];

    /// <summary>What follows an upload of key $8 that was started at position $9; then keys from $2 on.</summary>
    private const string Within = "bucket_id = $1 and to_position is null and key = $8 and from_position > $9";

    public static async Task<UploadPage> ListAsync(
        NpgsqlDataSource database, ListUploadsRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.KeyMarker);
        var end = KeyRange.AfterPrefix(request.Prefix);
        if (start is null || request.Limit == 0 || (end is not null && KeyRange.Compare(start, end) >= 0))
            return new UploadPage([], [], null, null);
        // Without an upload id the marker skips all uploads of its key; with one, those up to it.
        var (key, position) = ("", 0L);
        if (request is { KeyMarker: { } marker, UploadIdMarker: { } uploadId } && start == KeyRange.After(marker)
            && marker.StartsWith(request.Prefix, StringComparison.Ordinal))
        {
            (key, position) = (marker, await PositionAsync(database, uploadId, cancel) ?? long.MaxValue);
        }
        var statements = string.IsNullOrEmpty(request.Delimiter) ? FlatStatements : RolledUpStatements;
        await using var command = database.CreateCommand(statements[end is null ? 0 : 1]);
        SkipScan.Bind(
            command.Parameters, request.BucketId, request.Prefix, request.Delimiter, start, request.Limit + 1);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        return await ReadAsync(command, request.Limit, cancel);
    }

    private static string Flat(bool bounded) => $"""
        select * from (
            (select {Columns}, null::text from uploads where {Within} order by key, from_position limit $3)
            union all
            (select {Columns}, null::text from uploads
            where {SkipScan.InRange(bounded)} and to_position is null and key >= $2
            order by key, from_position limit $3)
        ) as page
        limit $3
        """;

    private static string RolledUp(bool bounded)
    {
        var next = $"""
            select {Columns}, {SkipScan.CommonPrefix("key")} as common_prefix from uploads
            where {SkipScan.InRange(bounded)} and to_position is null
            """;
        // The next upload may be of the same key: first what is left of it, then the keys after it.
        return $"""
            with recursive page as (
                (({next} and key = $8 and from_position > $9 order by key, from_position limit 1)
                union all
                ({next} and key >= $2 order by key, from_position limit 1)
                limit 1)
                union all
                select next.* from page cross join lateral (
                    ({next} and page.common_prefix is null and key = page.key and from_position > page.from_position
                    order by key, from_position limit 1)
                    union all
                    ({next} and key >= {SkipScan.After("page")} order by key, from_position limit 1)
                    limit 1
                ) as next
            )
            select * from page limit $3
            """;
    }

    private static async Task<long?> PositionAsync(NpgsqlDataSource database, string uploadId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select from_position from uploads where upload_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = uploadId });
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<UploadPage> ReadAsync(NpgsqlCommand command, int limit, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var uploads = new List<ListedUpload>();
        var prefixes = new List<string>();
        (string? Key, string? UploadId) last = default;
        while (await reader.ReadAsync(cancel))
        {
            if (uploads.Count + prefixes.Count == limit)
                return new UploadPage(uploads, prefixes, last.Key, last.UploadId);
            if (!reader.IsDBNull(8))
            {
                prefixes.Add(reader.GetString(8));
                last = (prefixes[^1], null);
                continue;
            }
            uploads.Add(Read(reader));
            last = (uploads[^1].Key, uploads[^1].UploadId);
        }
        return new UploadPage(uploads, prefixes, null, null);
    }

    private static ListedUpload Read(NpgsqlDataReader row) => new(
        row.GetString(1), row.GetString(0), row.GetString(2), new DateTimeOffset(row.GetDateTime(3), TimeSpan.Zero),
        ObjectQueries.DecodeMetadata(row.GetFieldValue<byte[]>(4)).StorageClass,
        row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6));
}
