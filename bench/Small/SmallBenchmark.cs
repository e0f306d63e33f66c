using System.Text.Json;
using CasStore.Bench.Output;
using CasStore.Bench.Store;

namespace CasStore.Bench.Small;

/// <summary>Small objects: the cost of durability and of group commit.</summary>
internal sealed class SmallBenchmark(
    IReadOnlyList<int> connections, TimeSpan duration, int delayMicroseconds, string directory)
{
    private const int WarmUpConnections = 4;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    public async Task<SmallReport> RunAsync(CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds, cancel);
        var disk = await MeasureDiskAsync(store, cancel);
        var commits = await CommitLimit.MeasureAsync(store.Data, cancel);
        await MeasureAsync(store, "warm", WarmUpConnections, s_warmUp, cancel);
        var rows = new List<SmallRow>();
        foreach (var count in connections)
        {
            var prefix = FormattableString.Invariant($"{rows.Count}-{count}");
            var row = await MeasureAsync(store, prefix, count, duration, cancel);
            var first = rows.Count > 0 ? rows[0] : row;
            rows.Add(row with { PutRatio = row.Put.PerSecond / first.Put.PerSecond });
        }
        return new SmallReport(
            store.ApiBuild, Environment.ProcessorCount, SmallLoad.ObjectBytes, delayMicroseconds, disk, commits, rows);
    }

    private static async Task<SmallRow> MeasureAsync(
        FreshStore store, string prefix, int connections, TimeSpan duration, CancellationToken cancel)
    {
        await using var load = await SmallLoad.OpenAsync(store, prefix, connections, cancel);
        var before = await StoreMetrics.ReadAsync(store, cancel);
        var put = await load.PutAsync(duration, cancel);
        var after = await StoreMetrics.ReadAsync(store, cancel);
        var get = await load.GetAsync(duration, cancel);
        return new SmallRow(connections, put, PutRatio: 1, after.MeanBatchSince(before), get);
    }

    // In a process of its own, so that a delay of flushes applies to it as to the store.
    private static async Task<FlushReport> MeasureDiskAsync(FreshStore store, CancellationToken cancel)
    {
        string[] command =
        [
            Environment.ProcessPath!, typeof(SmallBenchmark).Assembly.Location,
            "flush", "--json", "--directory", store.Data,
        ];
        var json = await ShortProcess.RunAsync(command, store.Delay?.Environment ?? [], cancel);
        return JsonSerializer.Deserialize(json, ReportJson.Default.FlushReport)!;
    }
}
