namespace CasStore.BlobCas.Storage;

/// <summary>
/// Threads for calls that wait for the disk, so that many flushes run side by side and the thread pool stays free.
/// Threads are started on demand and end when idle.
/// </summary>
internal sealed class BlockingCalls
{
    private const int MaxThreads = 128;

    // What waited for a call may go on in it.
    private const int StackSize = 512 * 1024;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    // A plain object, not a Lock: idle threads wait on its monitor.
    private readonly object _gate = new();
    private readonly Queue<Call> _waiting = new();
    private int _threads;
    private int _idle;

    /// <summary>Runs a call on one of the threads; calls start in the order in which they came.</summary>
    public Task RunAsync(Action action)
    {
        var call = new Call(action);
        lock (_gate)
        {
            _waiting.Enqueue(call);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_gate);
                return call.Completion.Task;
            }
            if (_threads == MaxThreads)
                return call.Completion.Task;
            _threads++;
        }
        new Thread(Work, StackSize) { IsBackground = true, Name = "blob disk calls" }.Start();
        return call.Completion.Task;
    }

    private void Work()
    {
        while (Next() is { } call)
            call.Run();
    }

    private Call? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                var woken = Monitor.Wait(_gate, IdleTime);
                _idle--;
                if (!woken && _waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }
            return _waiting.Dequeue();
        }
    }

    private sealed class Call(Action action)
    {
        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run()
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                Completion.SetException(e);
                return;
            }
            Completion.SetResult();
        }
    }
}
