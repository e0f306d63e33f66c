using CasStore.Events.Objects;
using CasStore.Projections.Engine;
using Npgsql;

namespace CasStore.Projections.Objects;

/// <summary>
/// Lists versions by keyset on (key, version), a page in one round trip. The newest and the older versions have indexes
/// of their own. Without a delimiter they are merged as far as the page goes; with one, a skip scan finds the keys and
/// common prefixes that the page shows, and the versions of each key are looked up.
/// </summary>
internal static class ListVersions
{
    private const string Columns = """
        key, size, etag, last_modified, storage_class, checksum_algorithm, checksum_type, owner, version_position,
        is_null_version, is_delete_marker, superseded_position is null
        """;

    // $8 is a key that the page before ended within, $9 the position of the version that it ended with.
    private const string Within = "key = $8 and version_position < $9";

    private static readonly string[] MergedStatements = [Merged(bounded: false), Merged(bounded: true)];
    private static readonly string[] RolledUpStatements = [RolledUp(bounded: false), RolledUp(bounded: true)];

    /// <summary>Where a listing goes on: below a position within a key, if any; then from a key.</summary>
    private readonly record struct Cursor(string? Start, string Within = "", long Below = 0);

    public static async Task<VersionPage> ListAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var cursor = await StartAsync(database, request, cancel);
        var end = KeyRange.AfterPrefix(request.Prefix);
        if (cursor.Start is null || request.Limit == 0 || (end is not null && KeyRange.Compare(cursor.Start, end) >= 0))
            return new VersionPage([], [], null, null);
        var statements = string.IsNullOrEmpty(request.Delimiter) ? MergedStatements : RolledUpStatements;
        await using var command = database.CreateCommand(statements[end is null ? 0 : 1]);
        SkipScan.Bind(
            command.Parameters, request.BucketId, request.Prefix, request.Delimiter, cursor.Start, request.Limit + 1);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = cursor.Within });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = cursor.Below });
        return await ReadAsync(command, request.Limit, cancel);
    }

    // A key's versions are sought by position, not filtered: a page within a key with many costs what it shows.
    private static string Merged(bool bounded)
    {
        var range = $"{SkipScan.InRange(bounded)} and key >= $2";
        return $"""
            select *, null::text as common_prefix from (
                {OfKey("bucket_id = $1", Within)}
                union all
                (select {Columns} from objects where {range} and {ObjectRows.Live} order by key limit $3)
                union all
                (select {Columns} from objects where {range} and {ObjectRows.Marker} order by key limit $3)
                union all
                (select {Columns} from objects where {range} and {ObjectRows.Noncurrent}
                order by key, version_position desc limit $3)
            ) as version
            order by key, version_position desc limit $3
            """;
    }

    // Without the offsets the least of the keys would be looked for as often as it is mentioned.
    private static string RolledUp(bool bounded)
    {
        string[] kinds = [ObjectRows.Live, ObjectRows.Marker, ObjectRows.Noncurrent];
        string Least(string from) => string.Join(", ", kinds.Select(rows => $"""
            (select key from objects where {SkipScan.InRange(bounded)} and {rows} and key >= {from}
            order by key limit 1)
            """));
        return $"""
            with recursive name as (
                select first.key, {SkipScan.CommonPrefix("first.key")} as common_prefix
                from (select least({Least("$2")}) as key offset 0) as first where first.key is not null
                union all
                select next.key, {SkipScan.CommonPrefix("next.key")}
                from name cross join lateral (select least({Least(SkipScan.After("name"))}) as key offset 0) as next
                where next.key is not null
            )
            select * from (
                (select *, null::text from ({OfKey("bucket_id = $1", Within)}) as version
                order by version_position desc limit $3)
                union all
                (select version.*, name.common_prefix from name left join lateral (
                    select * from ({OfKey("bucket_id = $1 and name.common_prefix is null", "objects.key = name.key")})
                        as version
                    order by version_position desc limit $3
                ) as version on true)
            ) as page
            limit $3
            """;
    }

    private static string OfKey(string bucket, string key) => $"""
        (select {Columns} from objects where {bucket} and {ObjectRows.Live} and {key} limit 1)
        union all
        (select {Columns} from objects where {bucket} and {ObjectRows.Marker} and {key} limit 1)
        union all
        (select {Columns} from objects where {bucket} and {ObjectRows.Noncurrent} and {key}
        order by version_position desc limit $3)
        """;

    private static async Task<Cursor> StartAsync(
        NpgsqlDataSource database, ListVersionsRequest request, CancellationToken cancel)
    {
        var start = KeyRange.Start(request.Prefix, request.Delimiter, request.KeyMarker);
        if (request.KeyMarker is not { } key || request.VersionIdMarker is not { } versionId
            || start != KeyRange.After(key) || !key.StartsWith(request.Prefix, StringComparison.Ordinal))
        {
            return new Cursor(start);
        }
        // Who deletes what a page showed asks for the next one below a version that is gone. Where a null version was
        // is not known then, so what is left of the key follows.
        return new Cursor(start, key,
            await PositionAsync(database, request.BucketId, key, versionId, cancel) ?? long.MaxValue);
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

    private static async Task<VersionPage> ReadAsync(NpgsqlCommand command, int limit, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new List<ListedVersion>();
        var prefixes = new List<string>();
        (string? Key, string? VersionId) last = default;
        while (await reader.ReadAsync(cancel))
        {
            if (versions.Count + prefixes.Count == limit)
                return new VersionPage(versions, prefixes, last.Key, last.VersionId);
            if (!reader.IsDBNull(12))
            {
                prefixes.Add(reader.GetString(12));
                last = (prefixes[^1], null);
                continue;
            }
            versions.Add(new ListedVersion(
                ListObjects.Read(reader),
                reader.GetBoolean(9) ? VersionId.Null : VersionId.Of(reader.GetInt64(8)),
                IsLatest: reader.GetBoolean(11),
                IsDeleteMarker: reader.GetBoolean(10)));
            last = (versions[^1].Object.Key, versions[^1].VersionId);
        }
        return new VersionPage(versions, prefixes, null, null);
    }
}
