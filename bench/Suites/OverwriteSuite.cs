using System.Text;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>PUTs of new keys, then of a few over and over, in a bucket without and in one with versions.</summary>
internal sealed class OverwriteSuite(long objectBytes, IReadOnlyList<int> connections, int keys) : ISuite
{
    private static readonly byte[] s_versioning = Encoding.ASCII.GetBytes(
        """
        <VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <Status>Enabled</Status>
        </VersioningConfiguration>
        """);

    public async Task<IReadOnlyList<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, LoadSettings settings, CancellationToken cancel)
    {
        var rows = new List<SuiteRow>();
        foreach (var count in connections)
        {
            foreach (var target in targets)
            {
                var plain = await target.MakeBucketAsync(cancel);
                await RunAsync(target, plain, count, "", rows, settings, cancel);
                var versioned = await target.MakeBucketAsync(cancel);
                await target.SendAsync("PUT", $"/{versioned}?versioning", s_versioning, cancel);
                await RunAsync(target, versioned, count, ", versioned", rows, settings, cancel);
            }
        }
        return rows;
    }

    private async Task RunAsync(
        Target target, string bucket, int count, string kind, List<SuiteRow> rows, LoadSettings settings,
        CancellationToken cancel)
    {
        using var session = new Session(target, bucket, objectBytes, count, settings);
        var plan = session.Plan;
        var (created, taken) = await session.OnceAsync(
            "PUT new" + kind, carriesBodies: true, number => plan.Put("new", number, number), int.MaxValue, cancel);
        rows.Add(created);
        var (overwritten, sent) = await session.OnceAsync(
            "PUT over" + kind, carriesBodies: true, number => plan.Put("same", number % keys, taken + number),
            int.MaxValue - taken, cancel);
        rows.Add(overwritten);
        // Which of two PUTs at the same time was the last is not known, so neither is the content.
        rows.Add(await session.AgainAsync(
            "GET" + kind, carriesBodies: true, number => plan.Get("same", number, contentNumber: -1),
            Math.Min(keys, sent), cancel));
    }
}
