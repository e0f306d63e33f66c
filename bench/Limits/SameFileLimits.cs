using System.Globalization;
using CasStore.Bench.Http;
using CasStore.Bench.Peers;
using CasStore.Bench.Store;

namespace CasStore.Bench.Limits;

/// <summary>
/// Large objects of a store, from it and, as the very same files, from nginx, to the same client. All were read before:
/// they come from memory.
/// </summary>
internal static class SameFileLimits
{
    private const int Objects = 4;
    private const long Bytes = 64 << 20;

    public static async Task<IReadOnlyList<Limit>> MeasureAsync(
        Peer nginx, string directory, TimeSpan duration, CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        // One after the other, once: at least one of each is sent.
        for (var number = 0; number < Objects; number++)
            await LargeTransfer.RateAsync([FromStore(store, "PUT", number)], TimeSpan.Zero, cancel);
        LinkBlobs(store, nginx);
        Func<int, LargeTransfer>[] sources =
        [
            number => LargeHttpLimits.Transfer(
                nginx, "GET", string.Create(CultureInfo.InvariantCulture, $"/store/{number}"), Bytes),
            number => FromStore(store, "GET", number),
        ];
        var limits = new List<Limit>();
        foreach (var streams in (int[])[1, Objects])
        {
            foreach (var (source, name) in sources.Zip((string[])["nginx", "the store"]))
            {
                LargeTransfer[] transfers = [.. Enumerable.Range(0, streams).Select(source)];
                await LargeTransfer.RateAsync(transfers, TimeSpan.Zero, cancel);
                var rate = await LargeTransfer.RateAsync(transfers, duration, cancel);
                limits.Add(new Limit("Nginx", string.Create(CultureInfo.InvariantCulture,
                    $"GET 64 MiB of the store, {streams} at a time, by {name}"), rate / 1e6, "MB/s"));
            }
        }
        return limits;
    }

    private static LargeTransfer FromStore(FreshStore store, string method, int number) => new(
        store.Endpoint,
        store.Signer.Head(
            method, string.Create(CultureInfo.InvariantCulture, $"/{FreshStore.Bucket}/{number}"),
            store.Endpoint.ToString(), Bytes, Signer.UnsignedPayload),
        method == "PUT", Bytes);

    private static void LinkBlobs(FreshStore store, Peer nginx)
    {
        var blobs = Directory.GetFiles(Path.Combine(store.Data, "blobs"), "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length == Bytes).ToList();
        if (blobs.Count != Objects)
            throw new BenchmarkException($"The store has {blobs.Count} files of 64 MiB; {Objects} were put.");
        var folder = Directory.CreateDirectory(Path.Combine(nginx.Directory.FullName, "files", "store")).FullName;
        for (var number = 0; number < Objects; number++)
        {
            var link = Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));
            File.CreateSymbolicLink(link, blobs[number]);
        }
    }
}
