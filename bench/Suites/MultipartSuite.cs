using System.Diagnostics;
using CasStore.Bench.Load;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>Objects in parts, one after another, its parts over all connections; then GETs of the objects.</summary>
internal sealed class MultipartSuite(long partBytes, int parts, IReadOnlyList<int> connections) : ISuite
{
    private const string Prefix = "parts";

    public async Task<IReadOnlyList<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, LoadSettings settings, CancellationToken cancel)
    {
        var rows = new List<SuiteRow>();
        foreach (var count in connections)
        {
            foreach (var target in targets)
                rows.AddRange(await RunAsync(target, count, settings, cancel));
        }
        return rows;
    }

    private async Task<IReadOnlyList<SuiteRow>> RunAsync(
        Target target, int count, LoadSettings settings, CancellationToken cancel)
    {
        var bucket = await target.MakeBucketAsync(cancel);
        using var session = new Session(target, bucket, partBytes, count, settings);
        // The first object warms up.
        var objects = new Objects(target, session, parts);
        await objects.PutAsync(cancel);
        objects.Forget();
        var meter = new Meter(target);
        var objectBytes = partBytes * parts;
        async Task<LoadResult> PutAsync()
        {
            do
                await objects.PutAsync(cancel);
            while (objects.Spent < settings.Duration);
            return objects.Whole();
        }
        var (whole, _) = await meter.MeasureAsync(
            "object in parts", objectBytes, count, carriesBodies: true, PutAsync, cancel);
        using var reader = new Session(target, bucket, objectBytes, count, settings);
        return
        [
            whole,
            meter.Row("part PUT", partBytes, count, carriesBodies: true, objects.PartPuts()),
            meter.Row("complete", objectBytes, count, carriesBodies: false, objects.Completions()),
            await reader.AgainAsync("GET", carriesBodies: true,
                number => reader.Plan.Get(Prefix, number, contentNumber: -1), objects.Stored, cancel),
        ];
    }

    /// <summary>Objects that are put one after another, and the times that their steps took.</summary>
    private sealed class Objects(Target target, Session session, int parts)
    {
        private readonly List<LoadResult> _parts = [];
        private readonly List<TimeSpan> _whole = [], _completions = [];

        public int Stored { get; private set; }

        public TimeSpan Spent => Sum(_whole);

        public async Task PutAsync(CancellationToken cancel)
        {
            var (upload, began) = await Upload.BeginAsync(target, session, Prefix, Stored, parts, cancel);
            var sent = await session.AllAsync(upload.Parts, cancel);
            _parts.Add(sent);
            if (sent.Errors > 0)
                throw new BenchmarkException($"{target.Name}: a part was not taken: {sent.FirstError}");
            var completed = await upload.CompleteAsync(cancel);
            _completions.Add(completed);
            _whole.Add(began + sent.Elapsed + completed);
            Stored++;
        }

        public void Forget()
        {
            _parts.Clear();
            _whole.Clear();
            _completions.Clear();
        }

        public LoadResult Whole() => Result(_whole, Sum(_parts.Select(part => part.GeneratorCpu)));

        public LoadResult Completions() => Result(_completions, TimeSpan.Zero);

        public LoadResult PartPuts() => new(
            Sum(_parts.Select(part => part.Elapsed)), _parts.Sum(part => part.Taken),
            new Latencies(_parts.SelectMany(part => part.Latencies.Ticks)), Errors: 0, FirstError: null,
            Sum(_parts.Select(part => part.GeneratorCpu)));

        private static LoadResult Result(List<TimeSpan> times, TimeSpan generatorCpu) => new(
            Sum(times), times.Count,
            new Latencies(times.Select(time => (long)(time.TotalSeconds * Stopwatch.Frequency))),
            Errors: 0, FirstError: null, generatorCpu);

        private static TimeSpan Sum(IEnumerable<TimeSpan> times) =>
            times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
    }
}
