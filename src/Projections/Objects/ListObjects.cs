using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Objects;

/// <summary>
/// Lists by keyset: the cost is that of what the page shows, whatever the bucket's size. With a delimiter each step
/// seeks past the common prefix that it just found (a skip scan), so that a prefix costs one probe, not its keys.
/// </summary>
internal static class ListObjects
{
    private const string Columns =
        "key, size, etag, last_modified, storage_class, checksum_algorithm, checksum_type, owner";

    private const string ColumnsWithoutOwner =
        "key, size, etag, last_modified, storage_class, checksum_algorithm, checksum_type, null::text";

    // By whether owners are wanted, keys are rolled up, and the range has an end.
    private static readonly string[] Statements = [.. Enumerable.Range(0, 8).Select(
        of => Sql((of & 4) > 0 ? Columns : ColumnsWithoutOwner, rollsUp: (of & 2) > 0, bounded: (of & 1) > 0))];

    public static async Task<ListPage> ListAsync(
        NpgsqlDataSource database, ListRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.After);
        var end = KeyRange.AfterPrefix(request.Prefix);
        if (start is null || request.Limit == 0 || (end is not null && KeyRange.Compare(start, end) >= 0))
            return new ListPage([], [], null);

        await using var command = database.CreateCommand(
            Statements[(request.WithOwner ? 4 : 0) + (RollsUp(request) ? 2 : 0) + (end is null ? 0 : 1)]);
        SkipScan.Bind(
            command.Parameters, request.BucketId, request.Prefix, request.Delimiter, start, request.Limit + 1);
        return await ReadAsync(command, request, cancel);
    }

    private static bool RollsUp(ListRequest request) => !string.IsNullOrEmpty(request.Delimiter);

    private static string Sql(string columns, bool rollsUp, bool bounded)
    {
        var range = $"{SkipScan.InRange(bounded)} and {ObjectRows.Live}";
        if (!rollsUp)
            return $"select {columns} from objects where {range} and key >= $2 order by key limit $3";
        return $"""
            with recursive page as (
                (select {columns}, {SkipScan.CommonPrefix("key")} as common_prefix
                from objects where {range} and key >= $2 order by key limit 1)
                union all
                select next.* from page cross join lateral (
                    select {columns}, {SkipScan.CommonPrefix("key")} as common_prefix
                    from objects where {range} and key >= {SkipScan.After("page")} order by key limit 1) as next
            )
            select * from page limit $3
            """;
    }

    private static async Task<ListPage> ReadAsync(
        NpgsqlCommand command, ListRequest request, CancellationToken cancel)
    {
        var rollsUp = RollsUp(request);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var objects = new List<ListedObject>();
        var prefixes = new List<string>();
        string? last = null;
        while (await reader.ReadAsync(cancel))
        {
            if (objects.Count + prefixes.Count == request.Limit)
                return new ListPage(objects, prefixes, last);
            if (rollsUp && !reader.IsDBNull(8))
            {
                prefixes.Add(last = reader.GetString(8));
                continue;
            }
            objects.Add(Read(reader));
            last = objects[^1].Key;
        }
        return new ListPage(objects, prefixes, null);
    }

    /// <summary>Reads the first eight columns of a listing.</summary>
    internal static ListedObject Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetString(2), new DateTimeOffset(row.GetDateTime(3), TimeSpan.Zero),
        Text(row, 7), Text(row, 4), Text(row, 5), Text(row, 6));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
