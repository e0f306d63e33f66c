namespace CasStore.BlobCas.Storage;

/// <summary>
/// Calls that wait for the disk, one after the other, until one fails. A thread goes on with the next, if it is there,
/// so that none has to be woken for it.
/// </summary>
internal sealed class OrderedCalls(BlockingCalls calls)
{
    private readonly Lock _gate = new();
    private readonly Queue<(Action Action, TaskCompletionSource Done)> _waiting = new();
    private bool _isRunning;
    private Exception? _failure;

    /// <summary>
    /// Runs a call after those before it. If one of them failed, it fails like that one and is not run.
    /// </summary>
    public Task RunAsync(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((action, done));
            if (_isRunning)
                return done.Task;
            _isRunning = true;
        }
        _ = calls.RunAsync(Drain);
        return done.Task;
    }

    private void Drain()
    {
        while (Next() is var (action, done))
        {
            try
            {
                if (_failure is null)
                    action();
            }
            catch (Exception e)
            {
                _failure = e;
            }
            if (_failure is null)
                done.SetResult();
            else
                done.SetException(_failure);
        }
    }

    private (Action Action, TaskCompletionSource Done)? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next))
                return next;
            _isRunning = false;
            return null;
        }
    }
}
