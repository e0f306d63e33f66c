using System.Diagnostics;
using System.Globalization;
using CasStore.Bench.Listing;
using CasStore.Bench.Store;
using CasStore.Events.Objects;

namespace CasStore.Bench.Scale;

/// <summary>What requests cost as a store grows, and as a key is put again and again.</summary>
internal sealed class ScaleBenchmark(int objects, int depth, int rounds, string directory)
{
    private const int SmallestStep = 10_000, Growth = 10;

    /// <summary>Objects whose bytes are there, among those that have none: one in so many.</summary>
    private const int Readable = 16;

    private const int Contents = 64, NeighboursOfKey = 999;
    private const string Many = "many", Overwritten = "overwritten";

    public async Task<ScaleReport> RunAsync(CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        await using var seeder = await Seeder.OpenAsync(store, cancel);
        var meter = new RequestCostMeter(store, rounds);
        var contents = await PutContentsAsync(store, seeder, cancel);
        var depths = await GrowDepthAsync(seeder, meter, cancel);
        var rows = await GrowObjectsAsync(seeder, meter, contents, cancel);
        return new ScaleReport(store.ApiBuild, Environment.ProcessorCount, rows, depths, meter.Errors);
    }

    private static async Task<List<ObjectContent>> PutContentsAsync(
        FreshStore store, Seeder seeder, CancellationToken cancel)
    {
        using var connection = await store.ConnectAsync(cancel);
        var contents = new List<ObjectContent>();
        var bytes = new byte[1024];
        for (var i = 0; i < Contents; i++)
        {
            Random.Shared.NextBytes(bytes);
            var key = string.Create(CultureInfo.InvariantCulture, $"content-{i}");
            await connection.SendAsync("PUT", $"/{FreshStore.Bucket}/{key}", bytes, cancel);
            contents.Add(await seeder.ContentAsync(FreshStore.Bucket, key, cancel));
        }
        return contents;
    }

    private async Task<List<ObjectsRow>> GrowObjectsAsync(
        Seeder seeder, RequestCostMeter meter, List<ObjectContent> contents, CancellationToken cancel)
    {
        var bucket = await seeder.MakeBucketAsync(Many, versioned: false, cancel);
        var rows = new List<ObjectsRow>();
        var count = 0;
        foreach (var step in Steps(SmallestStep, objects))
        {
            var clock = Stopwatch.StartNew();
            await seeder.AppendAllAsync(
                Enumerable.Range(count, step - count).Select(n => seeder.Put(
                    bucket, Key(n), n % Readable == 0 ? contents[n / Readable % Contents] : null)),
                cancel);
            var rate = (step - count) / clock.Elapsed.TotalSeconds;
            count = step;
            var costs = await meter.MeasureAsync(
                _ => $"/{Many}/{Key(int.MinValue + Random.Shared.Next())}",
                _ => $"/{Many}/{Key(Random.Shared.Next(count / Readable) * Readable)}",
                _ => ListPaths.Objects(Many, Key(Random.Shared.Next(count))),
                cancel);
            rows.Add(new ObjectsRow(count, costs, rate, await TableSizes.ReadAsync(seeder.Postgres, cancel)));
        }
        return rows;
    }

    private async Task<List<DepthRow>> GrowDepthAsync(Seeder seeder, RequestCostMeter meter, CancellationToken cancel)
    {
        var buckets = new List<(string Name, long Id)>();
        foreach (var (name, versioned) in new[] { ("depth-plain", false), ("depth-versioned", true) })
        {
            var id = await seeder.MakeBucketAsync(name, versioned, cancel);
            buckets.Add((name, id));
            await seeder.AppendAllAsync(
                Enumerable.Range(0, NeighboursOfKey).Select(n => seeder.Put(id, Key(n))), cancel);
        }
        var rows = new List<DepthRow>();
        var count = 0;
        foreach (var step in Steps(1, depth))
        {
            var costs = new List<RequestCosts>();
            foreach (var (name, id) in buckets)
            {
                await seeder.AppendAllAsync(
                    Enumerable.Range(count, step - count).Select(_ => seeder.Put(id, Overwritten)), cancel);
                var path = $"/{name}/{Overwritten}";
                costs.Add(await meter.MeasureAsync(_ => path, _ => path, _ => ListPaths.Objects(name), cancel));
            }
            rows.Add(new DepthRow(step, costs[0], costs[1]));
            count = step;
        }
        return rows;
    }

    private static IEnumerable<int> Steps(int first, int last)
    {
        for (long step = first; step < last; step *= Growth)
            yield return (int)step;
        yield return last;
    }

    /// <summary>Keys come in no order, as clients' do: indexes are not only added to at their end.</summary>
    private static string Key(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"object-{(uint)number * 2654435761u:x8}");
}
