using System.Buffers.Binary;
using System.Diagnostics;
using CasStore.Bench.Output;
using CasStore.BlobCas;

namespace CasStore.Bench.Packs;

/// <summary>Seals blobs in this process: in files, then in packs; and what many packed blobs take of memory.</summary>
internal sealed class PacksBenchmark(IReadOnlyList<int> callers, TimeSpan duration, int size, int blobs, string parent)
{
    // The smallest that differ: memory is by the blob, whatever its length.
    private const int TinySize = 16;

    private long _next;

    public async Task<PacksReport> RunAsync(CancellationToken cancel)
    {
        var rows = new List<PacksRow>();
        foreach (var count in callers)
        {
            var files = await SealAsync(count, packLimit: 0, cancel);
            var packs = await SealAsync(count, BlobStoreOptions.MaxPackLimit, cancel);
            rows.Add(new PacksRow(count, files, packs, packs.PerSecond / files.PerSecond));
        }
        return new PacksReport(Environment.ProcessorCount, size, rows, await MeasureMemoryAsync(cancel));
    }

    private async Task<LoadReport> SealAsync(int count, int packLimit, CancellationToken cancel)
    {
        return await InDirectoryAsync(async path =>
        {
            using var store = BlobStore.Open(path, new BlobStoreOptions { PackLimit = packLimit });
            await SealForAsync(store, count, TimeSpan.FromSeconds(0.5), cancel);
            var clock = Stopwatch.StartNew();
            var latencies = await SealForAsync(store, count, duration, cancel);
            latencies.Sort();
            return new LoadReport(
                latencies.Count / clock.Elapsed.TotalSeconds, latencies[latencies.Count / 2],
                latencies[(int)(latencies.Count * 0.99)], latencies.Count, 0);
        });
    }

    private async Task<List<double>> SealForAsync(BlobStore store, int count, TimeSpan time, CancellationToken cancel)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(
            async () =>
            {
                var latencies = new List<double>();
                var content = new byte[size];
                Random.Shared.NextBytes(content);
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
                {
                    cancel.ThrowIfCancellationRequested();
                    var start = Stopwatch.GetTimestamp();
                    await PutAsync(store, content);
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                return latencies;
            },
            cancel)));
        return [.. all.SelectMany(latencies => latencies)];
    }

    private Task<PacksMemory> MeasureMemoryAsync(CancellationToken cancel) => InDirectoryAsync(async path =>
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var store = BlobStore.Open(path))
        {
            await Task.WhenAll(Enumerable.Range(0, 256).Select(worker => Task.Run(
                async () =>
                {
                    for (var i = worker; i < blobs; i += 256)
                    {
                        cancel.ThrowIfCancellationRequested();
                        await PutAsync(store, new byte[TinySize]);
                    }
                },
                cancel)));
        }
        var clock = Stopwatch.StartNew();
        using var reopened = BlobStore.Open(path);
        var opening = clock.Elapsed.TotalMilliseconds;
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(reopened);
        return new PacksMemory(blobs, (after - before) / 1e6, opening);
    });

    private async Task PutAsync(BlobStore store, byte[] content)
    {
        BinaryPrimitives.WriteInt64LittleEndian(content, Interlocked.Increment(ref _next));
        using var staged = await store.StageAsync(new MemoryStream(content), null, CancellationToken.None);
        await staged.SealAsync(CancellationToken.None);
    }

    private async Task<T> InDirectoryAsync<T>(Func<string, Task<T>> measure)
    {
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"casstore-bench-{Guid.NewGuid():N}"));
        try
        {
            return await measure(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
