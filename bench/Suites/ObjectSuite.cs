using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>Whole objects: every size at every number of connections, one kind of request after another.</summary>
internal sealed class ObjectSuite(
    IReadOnlyList<long> sizes, IReadOnlyList<int> connections, IReadOnlyList<ObjectOperation> operations) : ISuite
{
    public async Task<IReadOnlyList<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, LoadSettings settings, CancellationToken cancel)
    {
        var rows = new List<SuiteRow>();
        foreach (var size in sizes)
        {
            foreach (var count in connections)
                rows.AddRange(await RunAsync(targets, size, count, settings, cancel));
        }
        return rows;
    }

    private async Task<List<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, long size, int count, LoadSettings settings, CancellationToken cancel)
    {
        var rows = new List<SuiteRow>();
        var sessions = new List<ObjectSession>();
        try
        {
            foreach (var target in targets)
            {
                var bucket = await target.MakeBucketAsync(cancel);
                sessions.Add(new ObjectSession(target, bucket, size, count, settings));
            }
            foreach (var operation in operations.Order())
            {
                foreach (var session in sessions)
                    rows.Add(await session.MeasureAsync(operation, cancel));
            }
            return rows;
        }
        finally
        {
            foreach (var session in sessions)
                session.Dispose();
        }
    }
}
