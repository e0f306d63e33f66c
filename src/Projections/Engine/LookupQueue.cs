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

    /// <summary>Of look-ups that are not urgent no more wait than these.</summary>
    private const int HeldLimit = 32;

    private readonly NpgsqlDataSource _database;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<BatchedLookup.Pending> _waiting = [];
    private bool _isRunning;
    private bool _isClosed;
    private bool _isShared;
    private NpgsqlConnection? _connection;

    public LookupQueue(NpgsqlDataSource database) => _database = database;

    /// <param name="pending">A look-up.</param>
    /// <param name="isUrgent">Otherwise it goes with the next that is, or with <see cref="Send"/>.</param>
    /// <exception cref="ObjectDisposedException">The queue was stopped.</exception>
    public void Enqueue(BatchedLookup.Pending pending, bool isUrgent)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _waiting.Add(pending);
            if (!isUrgent && _waiting.Count < HeldLimit)
                return;
        }
        Send();
    }

    /// <summary>Lets what waits go, if it has not gone yet.</summary>
    public void Send()
    {
        bool isShared;
        lock (_gate)
        {
            if (_isRunning || _waiting.Count == 0)
                return;
            _isRunning = true;
            isShared = _isShared;
        }
        // What comes alone goes from here, without waking another thread. Where others came with the one before, they
        // get the time to come with this one.
        if (isShared)
            ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.AnswerAsync(), this, preferLocal: false);
        else
            _ = AnswerAsync();
    }

    /// <summary>Answers what waits, then disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isRunning && _waiting.Count == 0)
                _drained.TrySetResult();
        }
        Send();
        await _drained.Task;
        await DisconnectAsync();
    }

    private async Task AnswerAsync()
    {
        // A new list each time: who waited goes on while the next are answered.
        while (Next() is { } waiting)
        {
            await AnswerAsync(waiting);
            if (_isShared)
                await Task.Yield();
        }
    }

    private List<BatchedLookup.Pending>? Next()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                var next = _waiting[..Math.Min(_waiting.Count, BatchLimit)];
                _waiting.RemoveRange(0, next.Count);
                _isShared = AreOfSeveral(next);
                return next;
            }
            _isRunning = false;
            if (_isClosed)
                _drained.TrySetResult();
            return null;
        }
    }

    /// <summary>Whether several requests ask: each asks for no more than one thing of a kind.</summary>
    private static bool AreOfSeveral(List<BatchedLookup.Pending> pending)
    {
        for (var i = 1; i < pending.Count; i++)
        {
            for (var before = 0; before < i; before++)
            {
                if (pending[before].Kind == pending[i].Kind)
                    return true;
            }
        }
        return false;
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
        GroupCompletion.RunFewHere(waiting, pending => pending.Complete());
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
