using System.Diagnostics;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Load;

/// <summary>
/// Connections that each send one request after another, driven by few threads, with nothing made while the clock
/// runs: the server's share of the machine is what is measured.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly EventLoop[] _loops;

    public LoadGenerator(Target target, ObjectContent content, int connections, int threads)
    {
        var all = Enumerable.Range(0, connections).Select(_ => new LoadConnection(target, content)).ToArray();
        _loops = all.Chunk((connections + threads - 1) / threads).Select(part => new EventLoop(part)).ToArray();
        Connections = connections;
    }

    public int Connections { get; }

    /// <summary>Sends requests in order; <paramref name="repeat"/>: again and again until the time is over.</summary>
    public async Task<LoadResult> RunAsync(
        IReadOnlyList<PreparedRequest> requests, bool repeat, TimeSpan limit, CancellationToken cancel)
    {
        // What preparing left is not to be collected while the clock runs.
        GC.Collect();
        var outcomes = _loops.Select(_ => new Outcome(repeat ? requests.Count * 4 : requests.Count)).ToArray();
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var feed = new RequestFeed(requests, repeat, limit);
        await Task.WhenAll(_loops.Select((loop, number) => Task.Factory.StartNew(
            () => loop.Run(feed, outcomes[number], cancel), cancel, TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        var elapsed = clock.Elapsed;
        return new LoadResult(elapsed, feed.Taken, new Latencies(outcomes.SelectMany(outcome => outcome.Ticks)),
            outcomes.Sum(outcome => outcome.Errors), outcomes.FirstOrDefault(o => o.FirstError is not null)?.FirstError,
            Environment.CpuUsage.TotalTime - cpu);
    }

    public void Dispose()
    {
        foreach (var loop in _loops)
            loop.Dispose();
    }
}
