using Npgsql;

namespace CasStore.Events.Log;

/// <summary>
/// Appends one batch at a time over a connection of its own, and gets over its loss. A batch whose commit got no
/// answer is looked up by its first event before it is tried again: never twice, never silently lost.
/// </summary>
internal sealed class BatchAppender(
    NpgsqlDataSource database, AppendTransaction transaction, LogTail tail, LogMetrics metrics) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>Partitions are made this far ahead of the head: half a partition.</summary>
    private const long PartitionCheck = 5_000_000;

    private NpgsqlConnection? _connection;
    private long _partitionsCheckedAt = -PartitionCheck;
    private long _head;

    /// <summary>The result of each command, in order.</summary>
    /// <exception cref="LogUnavailableException">The database did not answer for some time.</exception>
    public async Task<AppendResult[]> AppendAsync(IReadOnlyList<Command> commands)
    {
        AppendTransaction.Outcome? unanswered = null;
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                var connection = await ConnectAsync(deadline.Token);
                if (unanswered is not null && await AppendTransaction.WasCommittedAsync(
                    connection, unanswered, deadline.Token))
                {
                    return Done(unanswered);
                }
                unanswered = null;
                var outcome = transaction.DecideEarly(commands)
                    ?? await transaction.DecideAsync(connection, commands, CancellationToken.None);
                unanswered = outcome;
                await transaction.CommitAsync(connection, outcome, CancellationToken.None);
                return Done(outcome);
            }
            catch (Exception lost) when (IsConnectionLoss(lost))
            {
                tail.Forget();
                await DisconnectAsync();
                if (deadline.IsCancellationRequested)
                    throw new LogUnavailableException("The log's database does not answer.", lost);
                metrics.Retries.Add(1);
                await Task.Delay(RetryDelay, CancellationToken.None);
            }
            catch (PostgresException) when (unanswered is { IsEarly: true })
            {
                // Another process has appended. If it is something else, it comes again.
                tail.Forget();
                unanswered = null;
                await DiscardAsync();
            }
            catch
            {
                await DiscardAsync();
                throw;
            }
        }
    }

    public ValueTask DisposeAsync() => DisconnectAsync();

    private AppendResult[] Done(AppendTransaction.Outcome outcome)
    {
        metrics.Commands.Add(outcome.Results.Length);
        metrics.Events.Add(outcome.Events.Count);
        if (outcome.Events.Count > 0)
            _head = outcome.Events[^1].Position;
        return outcome.Results;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        _connection ??= await database.OpenConnectionAsync(cancel);
        await EnsurePartitionsAsync(_connection, cancel);
        return _connection;
    }

    private async Task EnsurePartitionsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (_head - _partitionsCheckedAt < PartitionCheck)
            return;
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin");
        batch.Add(AppendTransaction.TakeLock);
        batch.Add("select ensure_event_partitions((select coalesce(max(last_position), 0) from batches))");
        batch.Add("select coalesce(max(last_position), 0) from batches");
        batch.Add("commit");
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        _partitionsCheckedAt = _head = reader.GetInt64(0);
    }

    /// <summary>
    /// After a statement failed, so that nothing was committed. The connection goes for good, not back to the pool:
    /// after a failure while it was preparing statements it may take one's result for another's.
    /// </summary>
    private ValueTask DiscardAsync()
    {
        database.Clear();
        return DisconnectAsync();
    }

    private async ValueTask DisconnectAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }

    /// <summary>
    /// Loss of the connection or of the server behind it, as against a statement that the server refused.
    /// </summary>
    private static bool IsConnectionLoss(Exception exception) => exception switch
    {
        PostgresException refused => refused.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction
            || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or TimeoutException or OperationCanceledException or IOException => true,
        _ => false,
    };
}
