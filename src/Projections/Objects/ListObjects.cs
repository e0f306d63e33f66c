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
        "key, size, etag, last_modified, owner, storage_class, checksum_algorithm, checksum_type";

    public static async Task<ListPage> ListAsync(
        NpgsqlDataSource database, ListRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.After);
        var end = KeyRange.AfterPrefix(request.Prefix);
        if (start is null || request.Limit == 0 || (end is not null && KeyRange.Compare(start, end) >= 0))
            return new ListPage([], [], null);

        await using var command = database.CreateCommand(Sql(request, end is not null));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = request.BucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = start });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Limit + 1 });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = end ?? "" });
        if (!string.IsNullOrEmpty(request.Delimiter))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.Delimiter });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Prefix.EnumerateRunes().Count() });
            command.Parameters.Add(new NpgsqlParameter<string>
            {
                TypedValue = KeyRange.AfterPrefix(request.Delimiter) ?? request.Delimiter,
            });
        }
        return await ReadAsync(command, request.Limit, cancel);
    }

    private static string Sql(ListRequest request, bool bounded)
    {
        var range = $"bucket_id = $1 and {ObjectRows.Live} {(bounded ? "and key < $4" : "and $4 = ''")}";
        if (string.IsNullOrEmpty(request.Delimiter))
        {
            return $"""
                select {Columns}, null from objects where {range} and key >= $2 order by key limit $3
                """;
        }
        // left(key, n): the prefix, what follows it up to the delimiter, and the delimiter itself.
        const string CommonPrefix = """
            case when position($5 in substr(key, $6 + 1)) > 0
            then left(key, $6 + position($5 in substr(key, $6 + 1)) - 1 + length($5)) end
            """;
        return $"""
            with recursive page as (
                (select {Columns}, {CommonPrefix} as common_prefix
                from objects where {range} and key >= $2 order by key limit 1)
                union all
                select next.* from page cross join lateral (
                    select {Columns}, {CommonPrefix} as common_prefix
                    from objects where {range} and key >= case
                        when page.common_prefix is null then page.key || chr(1)
                        else left(page.common_prefix, -length($5)) || $7 end
                    order by key limit 1) as next
            )
            select * from page limit $3
            """;
    }

    private static async Task<ListPage> ReadAsync(NpgsqlCommand command, int limit, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var objects = new List<ListedObject>();
        var prefixes = new List<string>();
        string? last = null;
        while (await reader.ReadAsync(cancel))
        {
            if (objects.Count + prefixes.Count == limit)
                return new ListPage(objects, prefixes, last);
            if (!reader.IsDBNull(8))
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
        row.GetString(4), Text(row, 5), Text(row, 6), Text(row, 7));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
