using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class DeletionTests : PackDirectory
{
    [Fact]
    public async Task What_is_deleted_is_gone_for_good_and_may_come_again()
    {
        var digests = await PutMany(20);
        (await Store.DeleteAsync(digests[3])).ShouldBeTrue();
        (await Store.DeleteAsync(digests[3])).ShouldBeFalse();

        (await TryGet(Store, digests[3])).ShouldBeNull();
        using (var copy = OpenCopy(out _))
        {
            (await TryGet(copy, digests[3])).ShouldBeNull("the deletion is durable");
            (await copy.DeleteAsync(digests[3])).ShouldBeFalse();
            copy.Enumerate().Count().ShouldBe(19);
        }
        await Put(Content(3));
        (await Get(digests[3])).ShouldBe(Content(3));
        using (var copy = OpenCopy(out _))
            (await TryGet(copy, digests[3])).ShouldBe(Content(3));
    }

    [Fact]
    public async Task Many_are_deleted_at_once()
    {
        var digests = await PutMany(30);
        var some = digests.Where((_, i) => i % 3 == 0).ToList();

        (await Store.DeleteAsync([.. some, new BlobDigest(new byte[32]), some[0]])).ShouldBe(10);

        using var copy = OpenCopy(out _);
        foreach (var store in new[] { Store, copy })
        {
            for (var i = 0; i < digests.Count; i++)
                (await TryGet(store, digests[i])).ShouldBe(i % 3 == 0 ? null : Content(i));
        }
    }

    [Fact]
    public async Task Who_reads_a_deleted_blob_goes_on_reading_it()
    {
        var digests = await PutMany(10);
        using var reader = Store.OpenRead(digests[0]);
        await Store.DeleteAsync(digests);
        await Store.CompactAsync(0.1, CancellationToken.None);
        await PutMany(20, first: 100);
        var buffer = new byte[reader.Length];
        await reader.ReadAsync(0, buffer, CancellationToken.None);
        buffer.ShouldBe(Content(0));
    }

    [Fact]
    public async Task A_list_of_the_dead_cut_at_any_byte_brings_back_the_cut_ones_only()
    {
        var digests = await PutMany(3, size: 100);
        foreach (var digest in digests)
            await Store.DeleteAsync(digest);
        for (var cut = 0; cut <= 48; cut++)
        {
            using var copy = OpenCopy(out _, packs =>
            {
                using var file = File.OpenWrite(Path.Combine(packs, "00000.dead"));
                file.SetLength(cut);
            });
            for (var i = 0; i < 3; i++)
                (await TryGet(copy, digests[i])).ShouldBe(cut >= 16 * (i + 1) ? null : Content(i, 100));
            // What was cut is deleted again, over the remains.
            await copy.DeleteAsync(digests);
            copy.Enumerate().ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_list_of_the_dead_of_an_earlier_use_of_the_slot_says_nothing()
    {
        var digests = await PutMany(3, size: 100);
        await Store.DeleteAsync(digests[0]);
        var dead = await File.ReadAllBytesAsync(Files(".dead").Single());
        await Store.DeleteAsync(digests);
        Reopen();
        using var other = OpenCopy(out _, packs =>
        {
            foreach (var file in Directory.GetFiles(packs))
                File.Delete(file);
            File.WriteAllBytes(Path.Combine(packs, "00000.dead"), dead);
        });
        using var staged = await other.StageAsync(new MemoryStream(Content(7, 100)), null, CancellationToken.None);
        await staged.SealAsync(CancellationToken.None);
        (await TryGet(other, staged.Digest)).ShouldBe(Content(7, 100));
    }

    [Fact]
    public async Task Putting_and_deleting_at_once_ends_in_one_of_the_two()
    {
        for (var round = 0; round < 30; round++)
        {
            var content = RandomBytes(500, round);
            var digest = await Put(content);
            await Task.WhenAll(
                Task.Run(() => Store.DeleteAsync(digest)), Task.Run(() => Put(content)), Task.Run(() => Put(content)));
            (await TryGet(Store, digest) ?? content).ShouldBe(content);
        }
        using var copy = OpenCopy(out _);
        copy.Enumerate().ShouldBe(Store.Enumerate());
    }

    private static byte[] Content(int number, int size = 20_000) => RandomBytes(size, number);

    private async Task<List<BlobDigest>> PutMany(int count, int first = 0, int size = 20_000)
    {
        var digests = new List<BlobDigest>();
        for (var i = 0; i < count; i++)
            digests.Add(await Put(Content(first + i, size)));
        return digests;
    }
}
