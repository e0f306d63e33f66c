using System.Diagnostics;

namespace CasStore.Bench.Load;

/// <summary>Hands requests to event loops, in order, until all are taken or the time is over.</summary>
internal sealed class RequestFeed(IReadOnlyList<PreparedRequest> requests, bool repeat, TimeSpan limit)
{
    private readonly long _end = Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
    private int _taken;

    /// <summary>How many were taken, at most all.</summary>
    public int Taken => repeat ? _taken : Math.Min(_taken, requests.Count);

    public PreparedRequest? Next(long now)
    {
        if (now >= _end || requests.Count == 0)
            return null;
        var number = Interlocked.Increment(ref _taken) - 1;
        return number < requests.Count ? requests[number] : repeat ? requests[number % requests.Count] : null;
    }
}
