using System.Globalization;
using CasStore.BlobCas;
using CasStore.Tests.PackWorkload;

// Puts, deletes and compacts until it is killed. Arguments: directory of the store, journal, seed.
using var store = BlobStore.Open(args[0], new BlobStoreOptions { SegmentSize = 256 * 1024 });
using var journal = new Journal(args[1]);
var seed = int.Parse(args[2], CultureInfo.InvariantCulture);
var workers = Enumerable.Range(0, Blobs.Workers).Select(worker => Task.Run(() => WorkAsync(worker)));
await Task.WhenAll([.. workers, Task.Run(CompactAsync)]);

async Task WorkAsync(int worker)
{
    var random = new Random(HashCode.Combine(seed, worker));
    while (true)
    {
        // Each blob is one worker's: what is acknowledged of it has an order.
        var number = (random.Next(Blobs.Count / Blobs.Workers) * Blobs.Workers) + worker;
        if (random.Next(3) > 0)
        {
            journal.Write($"put {number}");
            using var staged = await store.StageAsync(
                new MemoryStream(Blobs.Content(number)), null, CancellationToken.None);
            await staged.SealAsync(CancellationToken.None);
        }
        else
        {
            journal.Write($"delete {number}");
            await store.DeleteAsync(Blobs.Digest(number));
        }
        journal.Write($"done {number}");
    }
}

async Task CompactAsync()
{
    while (true)
    {
        await store.CompactAsync(0.5, CancellationToken.None);
        journal.Write("compacted");
    }
}
