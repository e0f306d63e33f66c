using System.Globalization;
using System.Text.RegularExpressions;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections;
using CasStore.Tests.Integration.Harness;
using Npgsql;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Log;

/// <summary>
/// What statements read of a large table of objects, counted by PostgreSQL as it runs them: rows in the order of what
/// the answer holds, whatever else is in the bucket.
/// </summary>
public sealed partial class QueryPlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Keys = 40_000, VersionsOfOneKey = 10_000;
    private const string Many = "many", Churned = "churned";
    private PostgresCluster _cluster = null!;
    private EventStore _store = null!;
    private string _database = "";
    private long _bucket;

    public async Task InitializeAsync()
    {
        _cluster = await PostgresCluster.StartNewAsync();
        var database = await _cluster.CreateDatabaseAsync();
        await using (var store = await EventStore.OpenAsync(new("/nonexistent", database), default))
        {
            var made = await store.Log.AppendAsync(
                new CreateBucket("bucket", "alice", "eu-1") { Context = NewContext() }, default);
            _bucket = made.Events.OfType<BucketCreated>().Single().BucketId;
            await store.Log.AppendAsync(
                new SetBucketVersioning(_bucket, VersioningStatus.Enabled) { Context = NewContext() }, default);
        }
        await FillAsync(database);
        _database = database;
        _store = await EventStore.OpenAsync(new("/nonexistent", database + ";Options=-c session_preload_libraries=" +
            "auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on " +
            "-c auto_explain.log_timing=off"), default);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Every_statement_reads_about_what_it_answers()
    {
        var old = VersionId.Of(VersionsOfOneKey / 2);
        await ShouldReadAsync(4, "get", () => _store.Objects.FindAsync(_bucket, Many, default));
        await ShouldReadAsync(4, "get what was overwritten often",
            () => _store.Objects.FindAsync(_bucket, Churned, default));
        await ShouldReadAsync(4, "get a marker", () => _store.Objects.FindMarkerAsync(_bucket, "key-00001", default));
        await ShouldReadAsync(4, "get a version",
            () => _store.Objects.FindVersionAsync(_bucket, Many, old, default));
        await ShouldReadAsync(4, "get the null version",
            () => _store.Objects.FindVersionAsync(_bucket, Many, VersionId.Null, default));
        await ShouldReadAsync(100, "list", () => ListAsync(null, null, null));
        await ShouldReadAsync(100, "list after a key", () => ListAsync(null, "key-20000", null));
        await ShouldReadAsync(100, "list within a key", () => ListAsync(null, Many, old));
        await ShouldReadAsync(300, "list common prefixes", () => ListAsync("-", null, null));
        await ShouldReadAsync(0, "put a new key", () => AppendAsync(
            new PutObject(Object("new")) { Context = NewContext() }));
        await ShouldReadAsync(12, "put", () => AppendAsync(new PutObject(Object(Many)) { Context = NewContext() }));
        await ShouldReadAsync(12, "put over what was overwritten often",
            () => AppendAsync(new PutObject(Object(Churned)) { Context = NewContext() }));
        await ShouldReadAsync(12, "put on a condition", () => AppendAsync(new PutObject(Object(Many))
        {
            Context = NewContext(),
            Preconditions = new Preconditions(IfMatch: "e"),
        }));
        await ShouldReadAsync(12, "lay a marker", () => AppendAsync(
            new DeleteObjects(_bucket, [new(Many)]) { Context = NewContext() }));
        await ShouldReadAsync(12, "tag a version", () => AppendAsync(
            new TagObject(_bucket, Many, old, [new("a", "b")]) { Context = NewContext() }));
        await ShouldReadAsync(24, "delete the newest version", async () =>
        {
            var made = await AppendAsync(new PutObject(Object(Many)) { Context = NewContext() });
            return await AppendAsync(new DeleteObjects(_bucket,
                [new(Many, made.Events.OfType<ObjectCreated>().Single().VersionId)])
            { Context = NewContext() });
        });
        await ShouldReadAsync(16, "delete an old version", () => AppendAsync(
            new DeleteObjects(_bucket, [new(Many, old)]) { Context = NewContext() }));
        await AppendAsync(new SetBucketVersioning(_bucket, VersioningStatus.Suspended) { Context = NewContext() });
        await ShouldReadAsync(12, "replace the null version",
            () => AppendAsync(new PutObject(Object(Many)) { Context = NewContext() }));
    }

    private async Task<object> ListAsync(string? delimiter, string? key, string? version) =>
        await _store.Objects.ListVersionsAsync(new(_bucket, "", delimiter, key, version, 20), default);

    private async Task<AppendResult> AppendAsync(Command command)
    {
        var result = await _store.Log.AppendAsync(command, default);
        result.Rejection.ShouldBe(Rejection.None);
        return result;
    }

    /// <summary>Fails if any statement of an operation scans the table, or reads more rows of it than this.</summary>
    private async Task ShouldReadAsync<T>(int most, string operation, Func<Task<T>> run)
    {
        await MarkAsync($"begin {operation};");
        await run();
        var log = await MarkAsync($"end {operation};");
        log = log[log.LastIndexOf($"begin {operation};", StringComparison.Ordinal)..];
        log.ShouldNotContain("Seq Scan on objects", customMessage: operation);
        var (rows, indexes) = Count(log);
        output.WriteLine($"{operation}: {rows} rows by {string.Join(", ", indexes)}");
        (indexes.Count > 0).ShouldBe(most > 0, operation);
        rows.ShouldBeLessThanOrEqualTo(most, $"rows read: {operation}\n{log}");
    }

    /// <summary>Rows that scans of the table gave or passed over, and the indexes that they went by.</summary>
    private static (long Rows, SortedSet<string> Indexes) Count(string log)
    {
        var (rows, loops, indexes) = (0L, 0L, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var line in log.Split('\n'))
        {
            if (Node().Match(line) is { Success: true } node)
            {
                var scan = Scan().Match(line);
                loops = scan.Success ? Number(node, "loops") : 0;
                rows += Number(node, "rows") * loops;
                if (scan.Success)
                    indexes.Add(scan.Groups["index"].Value);
            }
            else if (Removed().Match(line) is { Success: true } removed)
            {
                rows += Number(removed, "rows") * loops;
            }
        }
        return (rows, indexes);
    }

    /// <summary>Writes a line to PostgreSQL's log, and returns the log once it is there.</summary>
    private async Task<string> MarkAsync(string line)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"do $$ begin raise log '{line}'; end $$", connection);
        await command.ExecuteNonQueryAsync();
        while (true)
        {
            if (_cluster.Output is var log && log.Contains(line, StringComparison.Ordinal))
                return log;
            await Task.Delay(10);
        }
    }

    private static long Number(Match match, string group) =>
        long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>
    /// Live keys and markers with a version each below, a key with many older versions, a key with many ended states.
    /// </summary>
    private async Task FillAsync(string database)
    {
        await using var connection = new NpgsqlConnection($"{database};Search Path=casstore");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"""
            insert into objects (bucket_id, key, from_position, to_position, owner, last_modified, size, etag, extents,
                metadata, version_position, is_null_version, is_delete_marker, superseded_position)
            select {_bucket}, key, n, ended, 'alice', now(), 1, 'e', '', convert_to('{"{}"}', 'UTF8'), n,
                is_null, is_marker, superseded
            from (
                select 'key-' || to_char(i, 'FM00000') as key, 100000 + 2 * i + k as n, null::bigint as ended,
                    false as is_null, k = 1 and i % 2 = 1 as is_marker,
                    case k when 0 then 100000 + 2 * i + 1 end as superseded
                from generate_series(1, {Keys}) as i, generate_series(0, 1) as k
                union all
                select '{Many}', i, null, i = 1, false, case when i < {VersionsOfOneKey} then i + 1 end
                from generate_series(1, {VersionsOfOneKey}) as i
                union all
                select '{Churned}', i, case when i < {VersionsOfOneKey} then i + 1 end, true, false,
                    case when i < {VersionsOfOneKey} then i + 1 end
                from generate_series(1, {VersionsOfOneKey}) as i
            ) as made;
            insert into bucket_usage values ({_bucket}, 1000000, 1000000);
            -- Of the keys that are written to the newest event, which tells that they have states.
            insert into events (position, stream, stream_version, event_type, schema_version, event_id, command_id,
                actor, occurred_at, digest)
            select 900000 + row_number() over (), 'object/{_bucket}/' || key, {VersionsOfOneKey}, 'ObjectCreated', 1,
                gen_random_uuid(), gen_random_uuid(), 'alice', now(), ''
            from unnest(array['{Many}', '{Churned}']) as key;
            analyze;
            """, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
        // The log goes on above the positions of what was put here past it.
        await using var head = new NpgsqlCommand(
            "update batches set last_position = last_position + 1000000", connection);
        await head.ExecuteNonQueryAsync();
    }

    private ObjectCreated Object(string key) => new()
    {
        BucketId = _bucket,
        Key = key,
        Owner = "alice",
        Content = new ObjectContent { Size = 1, ETag = "e", Extents = [] },
        Metadata = new ObjectMetadata(),
    };

    private static CommandContext NewContext() => new(Guid.CreateVersion7(), "tester", "127.0.0.1");

    [GeneratedRegex(@"\(actual rows=(?<rows>\d+) loops=(?<loops>\d+)\)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Node();

    [GeneratedRegex(@"Scan (Backward )?(using|on) (?<index>objects\w*) ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Scan();

    [GeneratedRegex(@"Rows Removed by (Filter|Index Recheck): (?<rows>\d+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Removed();
}
