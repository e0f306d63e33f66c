using System.Globalization;

namespace CasStore.Bench.Store;

/// <summary>What the store says of its group commit, so far.</summary>
internal readonly record struct StoreMetrics(double Commands, double Batches)
{
    private const string Name = "casstore_append_batch_size";

    public static async Task<StoreMetrics> ReadAsync(FreshStore store, CancellationToken cancel)
    {
        var text = await store.ReadMetricsAsync(cancel);
        return new StoreMetrics(Value(text, Name + "_sum "), Value(text, Name + "_count "));
    }

    /// <summary>Commands per batch since an earlier reading.</summary>
    public double MeanBatchSince(StoreMetrics earlier) =>
        Batches > earlier.Batches ? (Commands - earlier.Commands) / (Batches - earlier.Batches) : 0;

    private static double Value(string text, string name)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            ?? throw new BenchmarkException($"The store has no metric {name.Trim()}.");
        return double.Parse(line.AsSpan(name.Length), CultureInfo.InvariantCulture);
    }
}
