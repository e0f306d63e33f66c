using System.Diagnostics;

namespace CasStore.Bench.Load;

/// <summary>Percentiles of all times of a run, by nearest rank, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly long[] _sorted;

    public Latencies(IEnumerable<long> ticks)
    {
        _sorted = ticks.ToArray();
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    /// <summary>All times, ascending, in ticks of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<long> Ticks => _sorted;

    /// <summary>The smallest time that this share of all is not above; 0 if there are none.</summary>
    public double Percentile(double percent)
    {
        if (_sorted.Length == 0)
            return 0;
        // Decimal: 0.999 of 1,000 is the 999th, whatever a binary fraction makes of it.
        var rank = (int)Math.Ceiling((decimal)percent / 100 * _sorted.Length);
        return _sorted[Math.Clamp(rank, 1, _sorted.Length) - 1] * 1000.0 / Stopwatch.Frequency;
    }
}
