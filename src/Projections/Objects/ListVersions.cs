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

    // What follows a version of key $3, then keys from $2 on. A key's versions are sought by position, not filtered:
    // a page within a key with many versions costs what it shows.
    private const string Sql = $"""
        select * from (
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Live}
                and key = $3 and version_position < $4)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Marker}
                and key = $3 and version_position < $4)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Noncurrent}
                and key = $3 and version_position < $4 order by version_position desc limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Live}
                and key >= $2 order by key limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Marker}
                and key >= $2 order by key limit $5)
            union all
            (select {Columns} from objects where bucket_id = $1 and {ObjectRows.Noncurrent}
                and key >= $2 order by key, version_position desc limit $5)
        ) as version
        order by key, version_position desc limit $5
        """;

    /// <summary>With a delimiter the next row may begin a common prefix, so few are read at first.</summary>
    private const int FirstRead = 8;

    /// <summary>Where to read on: below a position within a key, if any; then from a key.</summary>
    private readonly record struct Cursor(string? Start, string Within = "", long Below = 0);

    public static async Task<VersionPage> ListAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var page = new Page();
        if (request.Limit == 0)
            return page.End();
        var cursor = await StartAsync(database, request, cancel);
        var most = string.IsNullOrEmpty(request.Delimiter) ? request.Limit + 1 : FirstRead;
        while (cursor.Start is not null)
        {
            var limit = Math.Min(most, request.Limit + 1 - page.Count);
            var rows = await ReadAsync(database, request.BucketId, cursor, limit, cancel);
            string? prefix = null;
            foreach (var (version, position) in rows)
            {
                if (!version.Object.Key.StartsWith(request.Prefix, StringComparison.Ordinal))
                    return page.End();
                if (page.Count == request.Limit)
                    return page.Cut();
                if ((prefix = CommonPrefix(version.Object.Key, request)) is not null)
                    break;
                page.Add(version);
                cursor = new Cursor(KeyRange.After(version.Object.Key), version.Object.Key, position);
            }
            if (prefix is not null)
            {
                page.Add(prefix);
                (cursor, most) = (new Cursor(KeyRange.AfterPrefix(prefix)), FirstRead);
            }
            else if (rows.Count < limit)
            {
                return page.End();
            }
            else
            {
                most *= 4;
            }
        }
        return page.End();
    }

    /// <summary>A page as it fills.</summary>
    private sealed class Page
    {
        private readonly List<ListedVersion> _versions = [];
        private readonly List<string> _prefixes = [];
        private (string? Key, string? VersionId) _last;

        public int Count => _versions.Count + _prefixes.Count;

        public void Add(ListedVersion version)
        {
            _versions.Add(version);
            _last = (version.Object.Key, version.VersionId);
        }

        public void Add(string prefix)
        {
            _prefixes.Add(prefix);
            _last = (prefix, null);
        }

        /// <summary>Nothing follows.</summary>
        public VersionPage End() => new(_versions, _prefixes, null, null);

        /// <summary>More follows.</summary>
        public VersionPage Cut() => new(_versions, _prefixes, _last.Key, _last.VersionId);
    }

    private static async Task<Cursor> StartAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.KeyMarker);
        if (request.KeyMarker is not { } key || request.VersionIdMarker is not { } versionId
            || start != KeyRange.After(key))
        {
            return new Cursor(start);
        }
        // Who deletes what a page showed asks for the next one below a version that is gone. Where a null version was
        // is not known then, so what is left of the key follows.
        return new Cursor(start, key,
            await PositionAsync(database, request.BucketId, key, versionId, cancel) ?? long.MaxValue);
    }

    private static string? CommonPrefix(string key, ListVersionsRequest request)
    {
        if (string.IsNullOrEmpty(request.Delimiter))
            return null;
        var at = key.IndexOf(request.Delimiter, request.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + request.Delimiter.Length)];
    }

    /// <summary>Where a version stands among those of its key, even if it is gone; but null for a null version that
    /// is.</summary>
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

    private static async Task<List<(ListedVersion Version, long Position)>> ReadAsync(
        NpgsqlDataSource database, long bucketId, Cursor cursor, int limit, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bucketId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cursor.Start });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cursor.Within });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = cursor.Below });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new List<(ListedVersion, long)>();
        while (await reader.ReadAsync(cancel))
        {
            var position = reader.GetInt64(8);
            versions.Add((new ListedVersion(
                ListObjects.Read(reader),
                reader.GetBoolean(9) ? VersionId.Null : VersionId.Of(position),
                IsLatest: reader.GetBoolean(11),
                IsDeleteMarker: reader.GetBoolean(10)), position));
        }
        return versions;
    }
}
