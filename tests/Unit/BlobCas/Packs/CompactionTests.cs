using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class CompactionTests : PackDirectory
{
    private const int Blobs = 60;

    [Fact]
    public async Task Frees_what_is_half_dead_and_keeps_what_lives()
    {
        var digests = await PutMany();
        await Store.DeleteAsync([.. digests.Where((_, i) => !Lives(i))]);
        var before = Files(".pack").Length;

        var result = await Store.CompactAsync(0.5, CancellationToken.None);

        result.SegmentsFreed.ShouldBeGreaterThan(before / 2);
        result.Damaged.ShouldBeEmpty();
        Files(".pack").Length.ShouldBeLessThan(before);
        Files(".dead").Length.ShouldBeLessThanOrEqualTo(Files(".pack").Length);
        FreeFiles().Length.ShouldBeInRange(1, 4, "so many are kept for reuse");
        await ShouldHold(Store, digests);
        using var copy = OpenCopy(out _);
        await ShouldHold(copy, digests);
        (await Store.CompactAsync(0.5, CancellationToken.None)).SegmentsFreed.ShouldBe(0);
    }

    [Fact]
    public async Task Leaves_alone_what_is_mostly_alive()
    {
        var digests = await PutMany();
        await Store.DeleteAsync(digests[0]);
        (await Store.CompactAsync(0.5, CancellationToken.None)).SegmentsFreed.ShouldBe(0);
        (await Store.CompactAsync(0.1, CancellationToken.None)).SegmentsFreed.ShouldBe(1);
    }

    [Fact]
    public async Task Old_bytes_of_a_recycled_file_are_never_taken_for_blobs()
    {
        var digests = await PutMany();
        await Store.DeleteAsync(digests);
        await Store.CompactAsync(0.5, CancellationToken.None);
        FreeFiles().ShouldNotBeEmpty();
        var recycled = FreeFiles().Length;

        // Enough to come into a recycled file, not to fill it.
        var added = new List<BlobDigest>();
        for (var i = 0; added.Count == 0 || FreeFiles().Length == recycled; i++)
            added.Add(await Put(RandomBytes(1_000, 1_000 + i)));
        for (var i = 0; i < 5; i++)
            added.Add(await Put(RandomBytes(1_000, 2_000 + i)));

        using var copy = OpenCopy(out _);
        copy.Enumerate().ShouldBe(added.OrderBy(d => d.ToString(), StringComparer.Ordinal));
        foreach (var digest in digests)
            (await TryGet(copy, digest)).ShouldBeNull();
    }

    [Fact]
    public async Task A_file_is_used_again_only_when_nobody_reads_it_any_more()
    {
        Reopen(SmallSegments with { FreeSegments = 100 });
        var digests = await PutMany();
        var readers = digests.Select(Store.OpenRead).ToList();
        await Store.DeleteAsync(digests);
        await Store.CompactAsync(0.5, CancellationToken.None);
        for (var i = 0; i < Blobs; i++)
            await Put(RandomBytes(16_000, 5_000 + i));

        for (var i = 0; i < Blobs; i++)
        {
            var buffer = new byte[readers[i].Length];
            await readers[i].ReadAsync(0, buffer, CancellationToken.None);
            buffer.ShouldBe(Content(i));
            readers[i].Dispose();
            readers[i].Dispose();
        }
        var free = FreeFiles().Length;
        free.ShouldBeGreaterThan(2);
        for (var i = 0; i < Blobs / 2; i++)
            await Put(RandomBytes(16_000, 9_000 + i));
        FreeFiles().Length.ShouldBeLessThan(free);
    }

    [Fact]
    public async Task Readers_and_writers_of_what_is_moved_notice_nothing()
    {
        Reopen(SmallSegments with { OpenSegments = 2 });
        var digests = await PutMany();
        await Store.DeleteAsync([.. digests.Where((_, i) => !Lives(i))]);
        var live = Enumerable.Range(0, Blobs).Where(Lives).ToList();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            var random = new Random(n);
            while (!stop.IsCancellationRequested)
            {
                var i = live[random.Next(live.Count)];
                if (n == 0)
                    await Put(Content(i));
                else if (n == 1)
                    Store.Enumerate().Count().ShouldBeGreaterThanOrEqualTo(live.Count);
                else
                    (await Get(digests[i])).ShouldBe(Content(i));
            }
        })).ToList();

        for (var round = 0; round < 20; round++)
        {
            await Store.CompactAsync(0.05, CancellationToken.None);
            // Some dead bytes in every segment, for the next round.
            var passing = new List<BlobDigest>();
            for (var i = 0; i < 20; i++)
                passing.Add(await Put(RandomBytes(9_000, 10_000 + (round * 100) + i)));
            await Store.DeleteAsync(passing);
        }

        await stop.CancelAsync();
        await Task.WhenAll(readers);
        await ShouldHold(Store, digests);
    }

    [Fact]
    public async Task A_damaged_blob_keeps_its_segment_until_it_is_deleted()
    {
        var digests = await PutMany();
        await Store.DeleteAsync([.. digests.Where((_, i) => !Lives(i))]);
        Store.Dispose();
        using (var file = File.OpenWrite(Files(".pack")[0]))
        {
            // In the bytes of the first segment's first record.
            file.Position = 64 + 64 + 100;
            file.Write(new byte[50]);
        }
        Reopen();

        var result = await Store.CompactAsync(0.5, CancellationToken.None);

        result.Damaged.ShouldHaveSingleItem().ShouldContain(digests[0].ToString());
        File.Exists(Path.Combine(Packs, "00000.pack")).ShouldBeTrue();
        (await Store.DeleteAsync(digests[0])).ShouldBeTrue();
        (await Store.CompactAsync(0.5, CancellationToken.None)).Damaged.ShouldBeEmpty();
        await Put(Content(0));
        await ShouldHold(Store, digests);
    }

    [Fact]
    public async Task Cancelled_it_loses_nothing()
    {
        var digests = await PutMany();
        await Store.DeleteAsync([.. digests.Where((_, i) => !Lives(i))]);
        await Should.ThrowAsync<OperationCanceledException>(
            () => Store.CompactAsync(0.5, new CancellationToken(true)));
        await ShouldHold(Store, digests);
        await Store.CompactAsync(0.5, CancellationToken.None);
        await ShouldHold(Store, digests);
    }

    private static bool Lives(int number) => number % 4 == 0;

    private static byte[] Content(int number) => RandomBytes(15_000, number);

    private static async Task ShouldHold(BlobStore store, List<BlobDigest> digests)
    {
        for (var i = 0; i < digests.Count; i++)
            (await TryGet(store, digests[i])).ShouldBe(Lives(i) ? Content(i) : null, $"blob {i}");
        var live = digests.Where((_, i) => Lives(i)).ToHashSet();
        store.Enumerate().Where(digests.Contains).ToHashSet().SetEquals(live).ShouldBeTrue();
    }

    private async Task<List<BlobDigest>> PutMany()
    {
        var digests = new List<BlobDigest>();
        for (var i = 0; i < Blobs; i++)
            digests.Add(await Put(Content(i)));
        return digests;
    }
}
