using System.Threading.Channels;
using CasStore.BlobCas;
using Npgsql;

namespace CasStore.Projections.Engine;

/// <summary>
/// Answers the look-ups by key that wait at the same time, of all kinds, in one round trip: what a request asks for at
/// once, and what other requests ask for meanwhile. A look-up never joins a round trip that was begun before it was
/// asked, so it sees every commit before it.
/// </summary>
internal sealed class LookupQueue : IAsyncDisposable
{
    private const int BatchLimit = 512;

    private readonly Channel<BatchedLookup.Pending> _channel = Channel.CreateUnbounded<BatchedLookup.Pending>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly NpgsqlDataSource _database;
    private readonly Task _loop;
    private NpgsqlConnection? _connection;

    public LookupQueue(NpgsqlDataSource database)
    {
        _database = database;
        _loop = Task.Run(AnswerAsync);
    }

    /// <exception cref="ObjectDisposedException">The queue was stopped.</exception>
    public void Enqueue(BatchedLookup.Pending pending) =>
        ObjectDisposedException.ThrowIf(!_channel.Writer.TryWrite(pending), this);

    /// <summary>Answers what waits, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _loop;
        await DisconnectAsync();
    }

    private async Task AnswerAsync()
    {
        while (await _channel.Reader.WaitToReadAsync())
        {
            // A new list each time: who waited goes on while the next are answered.
            var waiting = new List<BatchedLookup.Pending>();
            while (waiting.Count < BatchLimit && _channel.Reader.TryRead(out var pending))
                waiting.Add(pending);
            await AnswerAsync(waiting);
        }
    }

    private async Task AnswerAsync(List<BatchedLookup.Pending> waiting)
    {
        try
        {
            try
            {
                await QueryAsync(waiting);
            }
            catch (NpgsqlException stale) when (stale.IsTransient || stale is not PostgresException)
            {
                // The connection may have died while idle; a new one tells whether the database is there.
                await DisconnectAsync();
                await QueryAsync(waiting);
            }
        }
        catch (Exception failure)
        {
            await DisconnectAsync();
            foreach (var pending in waiting)
                pending.Failure = failure;
        }
        // The last first: a request that asked for several goes on with the first of them, and finds the others there.
        waiting.Reverse();
        GroupCompletion.Run(waiting, pending => pending.Complete());
    }

    private async Task QueryAsync(List<BatchedLookup.Pending> waiting)
    {
        _connection ??= await _database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(_connection);
        var kinds = new List<BatchedLookup>();
        foreach (var pending in waiting)
        {
            if (!kinds.Contains(pending.Kind))
                kinds.Add(pending.Kind);
        }
        foreach (var kind in kinds)
            kind.AddQuery(waiting, batch);
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var kind in kinds)
        {
            await kind.ReadAsync(reader, waiting);
            await reader.NextResultAsync();
        }
    }

    private async ValueTask DisconnectAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        await connection.DisposeAsync();
    }
}
