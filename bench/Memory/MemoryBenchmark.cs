using System.Globalization;
using CasStore.Bench.Load;
using CasStore.Bench.Output;
using CasStore.Bench.Suites;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Memory;

/// <summary>What a server's memory grows to: idle, over large PUTs, with many idle connections.</summary>
internal sealed class MemoryBenchmark(Target target, long objectBytes, int parallel, int idleConnections)
{
    private static readonly LoadSettings s_settings =
        new(Duration: TimeSpan.Zero, WarmUp: TimeSpan.Zero, Threads: 1, UnsignedPayload: false);

    public async Task<IReadOnlyList<MemoryRow>> RunAsync(CancellationToken cancel)
    {
        if (target.ProcessIds.Count == 0)
            throw new BenchmarkException("Memory is known of processes only: --process-id ID");
        var bucket = await target.MakeBucketAsync(cancel);
        var size = ObjectSize.Text(objectBytes);
        return
        [
            Read("idle", put: null),
            Read($"1 PUT of {size}", await PutAsync(bucket, 1, cancel)),
            Read(Text($"{parallel} PUTs of {size} at once"), await PutAsync(bucket, parallel, cancel)),
            await ReadConnectedAsync(bucket, cancel),
        ];
    }

    private async Task<LoadResult> PutAsync(string bucket, int count, CancellationToken cancel)
    {
        using var session = new Session(target, bucket, objectBytes, count, s_settings);
        return await session.AllAsync(Puts(session, $"large-{count}", count), cancel);
    }

    // Each connection has sent one request, so that the server has met it.
    private async Task<MemoryRow> ReadConnectedAsync(string bucket, CancellationToken cancel)
    {
        using var session = new Session(target, bucket, ObjectContent.Smallest, idleConnections, s_settings);
        var put = await session.AllAsync(Puts(session, "idle", idleConnections), cancel);
        return Read(Text($"{idleConnections:N0} idle connections"), put) with { MbPerSecond = null };
    }

    private static PreparedRequest[] Puts(Session session, string prefix, int count) =>
        RequestPlan.Many(count, number => session.Plan.Put(prefix, number, number));

    private MemoryRow Read(string when, LoadResult? put)
    {
        IReadOnlyList<int> frontEnd = target.FrontEndId is { } id ? [id] : target.ProcessIds;
        return new MemoryRow(
            target.Name, when, ProcessMemory.Resident(frontEnd), ProcessMemory.Peak(frontEnd),
            ProcessMemory.Proportional(target.ProcessIds), put?.PerSecond * objectBytes / 1_000_000,
            put?.Errors ?? 0);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
