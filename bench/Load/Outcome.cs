namespace CasStore.Bench.Load;

/// <summary>What one event loop saw: the times of the requests that succeeded, and how many did not.</summary>
internal sealed class Outcome(int expected)
{
    private const int MostPrepared = 1 << 22;
    // Of the size it will have, so that it does not grow while the clock runs.
    private readonly List<long> _ticks = new(Math.Min(expected, MostPrepared));

    public IReadOnlyList<long> Ticks => _ticks;

    public long Errors { get; private set; }

    public string? FirstError { get; private set; }

    public void Add(long ticks, string? problem)
    {
        if (problem is null)
        {
            _ticks.Add(ticks);
            return;
        }
        Errors++;
        FirstError ??= problem;
    }
}
