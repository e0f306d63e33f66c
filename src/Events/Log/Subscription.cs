using Npgsql;

namespace CasStore.Events.Log;

/// <summary>Something that follows the log at its own pace.</summary>
public interface ISubscriber
{
    /// <summary>Names the checkpoint. Stored; never changes.</summary>
    string Name { get; }

    /// <summary>Adds the statements that take in <paramref name="events"/>; they commit with the checkpoint.</summary>
    void Handle(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch);
}

/// <summary>
/// Feeds a subscriber every event exactly once, in order: what it writes commits together with its checkpoint. Several
/// processes may run the same subscription; they take turns. Wakes on NOTIFY, and polls in case one is lost. It listens
/// only while there is nothing to read: else every commit of the log would wake it, and what it does not read in time
/// would pile up in PostgreSQL.
/// </summary>
public sealed class Subscription(NpgsqlDataSource database, ISubscriber subscriber)
{
    private const int PageSize = 1000;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Rest after the newest event: what is appended meanwhile is taken in together, so that following the log costs
    /// next to nothing beside writing it.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until cancelled. Failures of the database are the caller's to retry.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var isWoken = false;
        connection.Notification += (_, _) => isWoken = true;
        var isListening = false;
        while (!cancel.IsCancellationRequested)
        {
            isWoken = false;
            var handled = await CatchUpAsync(connection, cancel);
            if (handled is > 0 and < PageSize)
            {
                if (isListening)
                    await ExecuteAsync(connection, $"unlisten {EventWriter.Channel}", cancel);
                isListening = false;
                await Task.Delay(Rest, cancel);
            }
            else if (handled == 0 && !isListening)
            {
                // What was appended before this is found by one more look.
                await ExecuteAsync(connection, $"listen {EventWriter.Channel}", cancel);
                isListening = true;
            }
            else if (handled == 0 && !isWoken)
            {
                await connection.WaitAsync(PollInterval, cancel);
            }
        }
    }

    /// <summary>Handles one page of events; returns how many there were.</summary>
    public async Task<int> CatchUpAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return await CatchUpAsync(connection, cancel);
    }

    private async Task<int> CatchUpAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var checkpoint = await LockCheckpointAsync(connection, cancel);
        var events = await EventReader.ReadAsync(connection, checkpoint, PageSize, cancel);
        if (events.Count == 0)
            return 0;
        await using var batch = new NpgsqlBatch(connection, transaction);
        subscriber.Handle(events, batch);
        batch.Add("update subscriptions set position = $2 where name = $1")
            .Add(subscriber.Name)
            .Add(events[^1].Position);
        await batch.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return events.Count;
    }

    private async Task<long> LockCheckpointAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        // A crash may undo what was written and the checkpoint together: then it is done again.
        batch.Add("set local synchronous_commit = off");
        batch.Add("insert into subscriptions (name, position) values ($1, 0) on conflict do nothing")
            .Add(subscriber.Name);
        batch.Add("select position from subscriptions where name = $1 for update").Add(subscriber.Name);
        return (long)(await batch.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
