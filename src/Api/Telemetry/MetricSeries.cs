namespace CasStore.Api.Telemetry;

/// <summary>One time series: a sum, and for histograms also the counts below each bound.</summary>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly long[]? _counts = bounds is null ? null : new long[bounds.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    public void Add(double value)
    {
        lock (_lock)
        {
            _sum += value;
            if (_counts is not null)
            {
                var index = Array.BinarySearch(bounds!, value);
                _counts[index < 0 ? ~index : index]++;
            }
        }
    }

    public void Set(double value)
    {
        lock (_lock)
            _sum = value;
    }

    /// <summary>The sum and a copy of the counts.</summary>
    public (double Sum, long[]? Counts) Read()
    {
        lock (_lock)
            return (_sum, (long[]?)_counts?.Clone());
    }
}
