namespace CasStore.BlobCas;

/// <summary>
/// Lets go on who waited for the same batch: in one work item for each processor rather than one for each of them. With
/// many small requests the threads' waking and sleeping would cost more than the requests.
/// </summary>
public static class GroupCompletion
{
    /// <summary>Up to these need no other thread.</summary>
    public const int Few = 2;

    /// <summary>Fewer than these are not worth another thread.</summary>
    private const int Worthwhile = 4;

    /// <summary>
    /// Completes them all: a few at once, on this thread, which then must not hold anything that they may wait for;
    /// many on the thread pool.
    /// </summary>
    /// <param name="waiting">Who waits. Not changed afterwards.</param>
    /// <param name="complete">Completes one; what awaits it may run in the call.</param>
    public static void RunFewHere<T>(IReadOnlyList<T> waiting, Action<T> complete)
    {
        if (waiting.Count > Few)
        {
            Run(waiting, complete);
            return;
        }
        foreach (var one in waiting)
            complete(one);
    }

    /// <summary>Completes them all, on the thread pool.</summary>
    /// <param name="waiting">Who waits. Not changed afterwards.</param>
    /// <param name="complete">Completes one; what awaits it may run in the call.</param>
    public static void Run<T>(IReadOnlyList<T> waiting, Action<T> complete)
    {
        var share = Math.Max(
            Worthwhile, (waiting.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount);
        for (var start = 0; start < waiting.Count; start += share)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                new Share<T>(waiting, start, Math.Min(start + share, waiting.Count), complete), preferLocal: false);
        }
    }

    private sealed class Share<T>(IReadOnlyList<T> waiting, int start, int end, Action<T> complete)
        : IThreadPoolWorkItem
    {
        public void Execute()
        {
            for (var i = start; i < end; i++)
                complete(waiting[i]);
        }
    }
}
