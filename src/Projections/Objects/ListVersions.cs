using CasStore.Events.Objects;
using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Objects;

/// <summary>
/// Lists versions by keyset on (key, version). The newest and the older versions have indexes of their own, which are
/// merged as far as the page goes. Common prefixes are skipped over with a new seek each.
/// </summary>
internal static class ListVersions
{
    private const string Columns = """
        key, size, etag, last_modified, owner, storage_class, checksum_algorithm, checksum_type, version_position,
        is_null_version, is_delete_marker, superseded_position is null
        """;

    // Keys from $2 on; of the key $3 only the versions older than $4.
    private const string Sql = $"""
        select * from (
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Live}
                and key >= $2 and (key <> $3 or version_position < $4) order by key limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Marker}
                and key >= $2 and (key <> $3 or version_position < $4) order by key limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Noncurrent}
                and $2 = $3 and key = $3 and version_position < $4 order by version_position desc limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Noncurrent}
                and key >= $2 and key <> $3 order by key, version_position desc limit $5)
        ) as version
        order by key, version_position desc limit $5
        """;

    public static async Task<VersionPage> ListAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var versions = new List<ListedVersion>();
        var prefixes = new List<string>();
        if (request.Limit == 0)
            return new VersionPage(versions, prefixes, null, null);
        var (start, within, below) = await StartAsync(database, request, cancel);
        (string? Key, string? VersionId) last = default;
        while (start is not null)
        {
            var room = request.Limit + 1 - versions.Count - prefixes.Count;
            string? skipTo = null;
            foreach (var version in await ReadAsync(
                database, request.BucketId, start, within, below, room, cancel))
            {
                var key = version.Object.Key;
                if (!key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return new VersionPage(versions, prefixes, null, null);
                if (versions.Count + prefixes.Count == request.Limit)
                    return new VersionPage(versions, prefixes, last.Key, last.VersionId);
                if (CommonPrefix(key, request) is { } common)
                {
                    prefixes.Add(common);
                    last = (common, null);
                    skipTo = KeyRange.AfterPrefix(common);
                    break;
                }
                versions.Add(version);
                last = (key, version.VersionId);
            }
            (start, within) = (skipTo, "");
        }
        return new VersionPage(versions, prefixes, null, null);
    }

    /// <summary>The first key to look at; and the key of which only versions below a position count.</summary>
    private static async Task<(string? Start, string Within, long Below)> StartAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.KeyMarker);
        if (request.KeyMarker is not { } key || request.VersionIdMarker is not { } versionId
            || start != KeyRange.After(key))
        {
            return (start, "", 0);
        }
        return (key, key, await PositionAsync(database, request.BucketId, key, versionId, cancel) ?? 0);
    }

    private static string? CommonPrefix(string key, ListVersionsRequest request)
    {
        if (string.IsNullOrEmpty(request.Delimiter))
            return null;
        var at = key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + request.Delimiter.Length)];
    }

    /// <summary>Where a version stands among those of its key, even if it is gone; null for a null version that is.
    /// </summary>
    private static async Task<long?> PositionAsync(
        NpgsqlDataSource database, long bucketId, string key, string versionId, CancellationToken cancel)
    {
        if (VersionId.Position(versionId) is var position and > 0)
            return position;
        await using var command = database.CreateCommand($"""
            with wanted as (select $1::bigint as bucket_id, $2::text as key, 0::bigint as version)
            {ObjectRows.OfWanted("version_position")}
            """);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        return (long?)await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<List<ListedVersion>> ReadAsync(
        NpgsqlDataSource database, long bucketId, string start, string within, long below, int limit,
        CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = start });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = within });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = below });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new List<ListedVersion>();
        while (await reader.ReadAsync(cancel))
        {
            versions.Add(new ListedVersion(
                ListObjects.Read(reader),
                reader.GetBoolean(9) ? VersionId.Null : VersionId.Of(reader.GetInt64(8)),
                IsLatest: reader.GetBoolean(11),
                IsDeleteMarker: reader.GetBoolean(10)));
        }
        return versions;
    }
}
