using CasStore.Events.Log;
using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>What a verification found.</summary>
/// <param name="Position">Head of the log that was compared at.</param>
/// <param name="Differences">Rows that only the live or only the replayed table has, by table; empty when
/// equal.</param>
public sealed record VerifyResult(long Position, IReadOnlyDictionary<string, long> Differences);

/// <summary>
/// Proves that the live tables are what the log says: replays it, through the same code that runs in appends, into
/// shadow tables, catches up under the log's lock, and compares row by row. Changes nothing.
/// </summary>
internal static class VerifyViews
{
    private const int PageSize = 5000;

    private static readonly string[] Tables =
    [
        "buckets", "bucket_configurations", "objects", "bucket_usage", "uploads", "upload_parts", "blob_references",
        "users", "access_keys",
    ];

    public static async Task<VerifyResult> RunAsync(string connectionString, CancellationToken cancel)
    {
        // A statement prepared before the shadows existed would go on writing to the live tables.
        await using var database = Database.ConnectUnprepared(connectionString);
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // Temporary tables come first in the search path, so the projections write to them unchanged.
        await using (var shadow = new NpgsqlBatch(connection))
        {
            foreach (var table in Tables)
                shadow.Add($"create temporary table {table} (like casstore.{table} including all) on commit drop");
            await shadow.ExecuteNonQueryAsync(cancel);
        }
        var position = await ReplayAsync(connection, 0, cancel);
        await using (var freeze = new NpgsqlCommand(AppendTransaction.TakeLock, connection))
            await freeze.ExecuteNonQueryAsync(cancel);
        position = await ReplayAsync(connection, position, cancel);
        var differences = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Tables)
        {
            if (await CompareAsync(connection, table, cancel) is var rows and > 0)
                differences.Add(table, rows);
        }
        await transaction.RollbackAsync(cancel);
        return new VerifyResult(position, differences);
    }

    private static async Task<long> ReplayAsync(NpgsqlConnection connection, long position, CancellationToken cancel)
    {
        while (true)
        {
            var events = await EventReader.ReadAsync(connection, position, PageSize, cancel);
            if (events.Count == 0)
                return position;
            await using var batch = new NpgsqlBatch(connection);
            foreach (var projection in EventStore.InlineProjections)
                projection.Project(events, batch);
            if (batch.BatchCommands.Count > 0)
                await batch.ExecuteNonQueryAsync(cancel);
            position = events[^1].Position;
        }
    }

    private static async Task<long> CompareAsync(NpgsqlConnection connection, string table, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            with live as (select * from casstore.{table} except all select * from pg_temp.{table}),
                 replayed as (select * from pg_temp.{table} except all select * from casstore.{table})
            select (select count(*) from live) + (select count(*) from replayed)
            """, connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
