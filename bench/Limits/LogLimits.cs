using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using CasStore.Bench.Store;
using CasStore.Events.Configuration;
using CasStore.Projections;
using Npgsql;

namespace CasStore.Bench.Limits;

/// <summary>
/// PostgreSQL alone, set as the store's own is: the log with its views, fed by callers that each wait for their PUT;
/// and, as a floor, inserts of as many rows of about an event's size into a bare table.
/// </summary>
internal static class LogLimits
{
    private const int RowBytes = 600;
    private static readonly int[] s_batches = [1, 8, 32, 128];

    public static async IAsyncEnumerable<Limit> MeasureAsync(
        string directory, TimeSpan duration, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Its Api and Workers have nothing to do: what is measured has a database of its own.
        await using var fresh = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        var connection = await CreateDatabaseAsync(Path.Combine(fresh.Data, "postgres"), cancel);
        await using (var database = new NpgsqlSlimDataSourceBuilder(connection).EnableArrays().Build())
        {
            await using var create = database.CreateCommand("create table floor (id bigint primary key, body bytea)");
            await create.ExecuteNonQueryAsync(cancel);
            var next = 0L;
            foreach (var rows in s_batches)
            {
                var (inserted, seconds) = await InsertAsync(database, next, rows, duration, cancel);
                next += inserted;
                yield return new Limit(
                    "Log", Text($"bare inserts, {rows} in a transaction"), inserted / seconds, "per s");
            }
        }
        await using var store = await EventStore.OpenAsync(new StoreSettings(directory, connection), cancel);
        var load = await PutLoad.PrepareAsync(store, cancel);
        await load.RunAsync(s_batches[^1], duration, cancel);
        foreach (var callers in s_batches)
        {
            using var batches = new BatchSizes();
            var rate = await load.RunAsync(callers, duration, cancel);
            yield return new Limit(
                "Log", Text($"PUTs, {callers} at a time, {batches.Mean:N1} in a transaction"), rate, "per s");
        }
    }

    private static async Task<string> CreateDatabaseAsync(string socketDirectory, CancellationToken cancel)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = socketDirectory,
            Port = 5432,
            Username = "casstore",
            Database = "casstore",
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var create = new NpgsqlCommand("create database limits", connection);
        await create.ExecuteNonQueryAsync(cancel);
        settings.Database = "limits";
        settings.Pooling = true;
        settings.MaxAutoPrepare = 8;
        return settings.ConnectionString;
    }

    private static async Task<(long Rows, double Seconds)> InsertAsync(
        NpgsqlDataSource database, long first, int rows, TimeSpan duration, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var body = new byte[RowBytes];
        Random.Shared.NextBytes(body);
        var bodies = Enumerable.Repeat(body, rows).ToArray();
        await using var insert = new NpgsqlCommand(
            "insert into floor select * from unnest($1::bigint[], $2::bytea[])", connection);
        var ids = new NpgsqlParameter<long[]>();
        insert.Parameters.Add(ids);
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = bodies });
        await insert.PrepareAsync(cancel);
        var inserted = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            var start = first + inserted;
            ids.TypedValue = [.. Enumerable.Range(0, rows).Select(row => start + row)];
            await insert.ExecuteNonQueryAsync(cancel);
            inserted += rows;
        }
        return (inserted, clock.Elapsed.TotalSeconds);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
