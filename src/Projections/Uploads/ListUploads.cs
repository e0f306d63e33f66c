using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Uploads;

/// <summary>
/// Lists open uploads by keyset on (key, start). Common prefixes are skipped over with a new seek each, so a page costs
/// a query per common prefix: open uploads are few.
/// </summary>
internal static class ListUploads
{
    private static readonly string Sql = $"""
        select {UploadQueries.Columns} from uploads
        where bucket_id = $1 and to_position is null and key >= $2 and (key, from_position) > ($3, $4)
        order by key, from_position limit $5
        """;

    public static async Task<UploadPage> ListAsync(
        NpgsqlDataSource database, ListUploadsRequest request, CancellationToken cancel)
    {
        var uploads = new List<Upload>();
        var prefixes = new List<string>();
        if (request.Limit == 0)
            return new UploadPage(uploads, prefixes, null, null);
        // Without an upload id the marker skips all uploads of its key; with one, those up to it.
        var (afterKey, afterPosition) = (request.KeyMarker ?? "", long.MaxValue);
        if (request.UploadIdMarker is not null)
            afterPosition = await PositionAsync(database, request.UploadIdMarker, cancel) ?? long.MaxValue;
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.KeyMarker);
        if (request.UploadIdMarker is not null && start == KeyRange.After(afterKey))
            start = afterKey;
        (string? Key, string? UploadId) last = default;
        while (start is not null)
        {
            var room = request.Limit + 1 - uploads.Count - prefixes.Count;
            var page = await ReadAsync(database, request.BucketId, start, afterKey, afterPosition, room, cancel);
            string? skipTo = null;
            foreach (var (upload, position) in page)
            {
                if (!upload.Key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return new UploadPage(uploads, prefixes, null, null);
                if (uploads.Count + prefixes.Count == request.Limit)
                    return new UploadPage(uploads, prefixes, last.Key, last.UploadId);
                (afterKey, afterPosition) = (upload.Key, position);
                if (CommonPrefix(upload.Key, request) is { } common)
                {
                    prefixes.Add(common);
                    last = (common, null);
                    skipTo = KeyRange.AfterPrefix(common);
                    break;
                }
                uploads.Add(upload);
                last = (upload.Key, upload.UploadId);
            }
            start = skipTo;
        }
        return new UploadPage(uploads, prefixes, null, null);
    }

    private static string? CommonPrefix(string key, ListUploadsRequest request)
    {
        if (string.IsNullOrEmpty(request.Delimiter))
            return null;
        var at = key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + request.Delimiter.Length)];
    }

    private static async Task<long?> PositionAsync(NpgsqlDataSource database, string uploadId, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select from_position from uploads where upload_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = uploadId });
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<List<(Upload, long Position)>> ReadAsync(
        NpgsqlDataSource database, long bucketId, string start, string afterKey, long afterPosition, int limit,
        CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = start });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = afterKey });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterPosition });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var page = new List<(Upload, long)>();
        while (await reader.ReadAsync(cancel))
            page.Add((UploadQueries.Read(reader), reader.GetInt64(16)));
        return page;
    }
}
