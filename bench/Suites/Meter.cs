using CasStore.Bench.Load;
using CasStore.Bench.Store;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>Puts what a load saw and what it cost the target in a row.</summary>
internal sealed class Meter(Target target)
{
    public async Task<(SuiteRow Row, LoadResult Result)> MeasureAsync(
        string operation, long objectBytes, int connections, bool carriesBodies, Func<Task<LoadResult>> load,
        CancellationToken cancel)
    {
        var before = await ReadAsync(cancel);
        var result = await load();
        var after = await ReadAsync(cancel);
        var row = Row(operation, objectBytes, connections, carriesBodies, result) with
        {
            ServerMicroseconds = after.Cpu is { } cpu
                ? (cpu - before.Cpu!.Value).TotalMicroseconds / Math.Max(result.Latencies.Count, 1)
                : null,
            // Reads append nothing.
            MeanBatch = after.Metrics?.MeanBatchSince(before.Metrics!.Value) is { } batch and > 0 ? batch : null,
        };
        return (row, result);
    }

    /// <summary>The row without what only the target knows.</summary>
    public SuiteRow Row(
        string operation, long objectBytes, int connections, bool carriesBodies, LoadResult result)
    {
        var times = result.Latencies;
        return new SuiteRow(
            operation, objectBytes, connections, target.Name, result.PerSecond,
            carriesBodies ? result.PerSecond * objectBytes / 1_000_000 : null,
            new Percentiles(
                times.Percentile(50), times.Percentile(90), times.Percentile(99), times.Percentile(99.9),
                times.Percentile(100)),
            times.Count, result.Errors, result.FirstError, ServerMicroseconds: null,
            result.GeneratorCpu.TotalMicroseconds / Math.Max(times.Count, 1), MeanBatch: null, Ratio: 1);
    }

    private async Task<(TimeSpan? Cpu, StoreMetrics? Metrics)> ReadAsync(CancellationToken cancel)
    {
        StoreMetrics? metrics = target.ReadMetrics is { } read ? await read(cancel) : null;
        return (target.ProcessIds.Count > 0 ? ProcessTree.CpuTime(target.ProcessIds) : null, metrics);
    }
}
