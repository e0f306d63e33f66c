using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>PUTs of content that no other object has, then of the same content under other keys.</summary>
internal sealed class DedupSuite(IReadOnlyList<long> sizes, IReadOnlyList<int> connections) : ISuite
{
    public async Task<IReadOnlyList<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, LoadSettings settings, CancellationToken cancel)
    {
        var rows = new List<SuiteRow>();
        foreach (var size in sizes)
        {
            foreach (var count in connections)
            {
                foreach (var target in targets)
                    await RunAsync(target, size, count, rows, settings, cancel);
            }
        }
        return rows;
    }

    private static async Task RunAsync(
        Target target, long size, int count, List<SuiteRow> rows, LoadSettings settings, CancellationToken cancel)
    {
        using var session = new Session(target, await target.MakeBucketAsync(cancel), size, count, settings);
        var plan = session.Plan;
        var (first, taken) = await session.OnceAsync(
            "PUT new", carriesBodies: true, number => plan.Put("new", number, number), int.MaxValue, cancel);
        rows.Add(first);
        var (again, _) = await session.OnceAsync(
            "PUT again", carriesBodies: true, number => plan.Put("again", number, number), taken, cancel);
        rows.Add(again);
    }
}
