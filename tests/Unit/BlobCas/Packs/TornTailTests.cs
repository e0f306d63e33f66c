using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

/// <summary>What a power cut can leave of the last batch, and what rot does to a segment without an index.</summary>
public sealed class TornTailTests : PackDirectory
{
    private const int HeaderAt = 64;

    [Fact]
    public async Task A_batch_cut_at_any_byte_loses_no_earlier_one_and_shows_no_half_blob()
    {
        var kept = await Put(RandomBytes(300));
        var last = await Put(RandomBytes(200));
        var end = HeaderAt + 64 + 320;
        for (var cut = end; cut < end + 64 + 256; cut++)
        {
            // Half of the times the file is short, half of the times it ends in zeros.
            using var copy = OpenCopy(out _, packs => Change(packs, file =>
            {
                file.SetLength(cut);
                if (cut % 2 == 0)
                    file.SetLength(1 << 20);
            }));
            (await TryGet(copy, kept)).ShouldBe(RandomBytes(300));
            var whole = cut >= end + 64 + 200;
            (await TryGet(copy, last)).ShouldBe(whole ? RandomBytes(200) : null, $"cut at {cut}");
            copy.Enumerate().Count().ShouldBe(whole ? 2 : 1);
        }
    }

    [Fact]
    public async Task Any_damaged_byte_hides_its_own_blob_only()
    {
        var digests = new List<BlobDigest>();
        for (var i = 0; i < 3; i++)
            digests.Add(await Put(RandomBytes(100, i)));
        for (var at = HeaderAt; at < HeaderAt + (3 * 192); at++)
        {
            using var copy = OpenCopy(out _, packs => Change(packs, file =>
            {
                file.Position = at;
                var old = file.ReadByte();
                file.Position = at;
                file.WriteByte((byte)~old);
            }));
            var record = (at - HeaderAt) / 192;
            var isPadding = (at - HeaderAt) % 192 >= 164;
            for (var i = 0; i < 3; i++)
                (await TryGet(copy, digests[i])).ShouldBe(i == record && !isPadding ? null : RandomBytes(100, i));
        }
    }

    [Fact]
    public async Task After_a_tear_writing_goes_on_and_nothing_old_comes_back()
    {
        var kept = await Put(RandomBytes(300));
        await Put(RandomBytes(200));
        var torn = HeaderAt + 64 + 320 + 100;
        using (var copy = OpenCopy(out var directory, packs => Change(packs, file => file.SetLength(torn))))
        {
            var digest = await Put(copy, RandomBytes(250));
            copy.Dispose();
            using var again = BlobStore.Open(directory, SmallSegments);
            (await TryGet(again, digest)).ShouldBe(RandomBytes(250));
            (await TryGet(again, kept)).ShouldBe(RandomBytes(300));
            again.Enumerate().Count().ShouldBe(2);
        }
    }

    [Fact]
    public async Task Content_that_looks_like_a_record_is_content()
    {
        var inner = RandomBytes(100, 1);
        var innerDigest = await Put(inner);
        var record = File.ReadAllBytes(Files(".pack").Single()).AsSpan(HeaderAt, 192).ToArray();
        (await Store.DeleteAsync(innerDigest)).ShouldBeTrue();
        // A body that holds a stored record, even of this very segment, at a record's place.
        var outer = await Put(record);
        using var copy = OpenCopy(out _, packs => Change(packs, file =>
        {
            file.Position = HeaderAt + 192;
            file.WriteByte(0);
        }));
        (await TryGet(copy, outer)).ShouldBeNull("its header is damaged");
        (await TryGet(copy, innerDigest)).ShouldBeNull("a record elsewhere than it says is none");
    }

    [Fact]
    public async Task A_segment_whose_header_is_damaged_is_refused_by_name()
    {
        await Put(RandomBytes(300));
        Should.Throw<InvalidDataException>(() => OpenCopy(out _, packs => Change(packs, file => file.WriteByte(0))))
            .Message.ShouldContain("00000.pack");
    }

    [Fact]
    public async Task Without_its_index_or_with_a_damaged_one_a_sealed_segment_is_scanned()
    {
        var contents = Enumerable.Range(0, 12).Select(i => RandomBytes(40_000, i)).ToArray();
        var digests = new List<BlobDigest>();
        foreach (var content in contents)
            digests.Add(await Put(content));
        using var copy = OpenCopy(out var directory, packs =>
        {
            var indexes = Directory.GetFiles(packs, "*.index");
            indexes.Length.ShouldBeGreaterThan(2);
            File.Delete(indexes[0]);
            File.WriteAllText(indexes[1], "damaged");
        });
        for (var i = 0; i < contents.Length; i++)
            (await TryGet(copy, digests[i])).ShouldBe(contents[i]);
        Directory.GetFiles(Path.Combine(directory, "blobs", "packs"), "*.index").Length
            .ShouldBe(Files(".pack").Length - 1);
    }

    private static void Change(string packs, Action<FileStream> change)
    {
        using var file = new FileStream(
            Directory.EnumerateFiles(packs, "*.pack").Single(), FileMode.Open, FileAccess.ReadWrite);
        change(file);
    }

    private static async Task<BlobDigest> Put(BlobStore store, byte[] bytes)
    {
        using var staged = await store.StageAsync(new MemoryStream(bytes), null, CancellationToken.None);
        await staged.SealAsync(CancellationToken.None);
        return staged.Digest;
    }
}
