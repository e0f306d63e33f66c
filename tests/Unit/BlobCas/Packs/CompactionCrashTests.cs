using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

/// <summary>
/// The states that a crash can leave of a compaction: each step done, and the next one not or in part.
/// </summary>
public sealed class CompactionCrashTests : PackDirectory
{
    private const int Blobs = 8;
    private readonly Dictionary<string, byte[]> _before = new(StringComparer.Ordinal);
    private readonly List<BlobDigest> _digests = [];
    private long _endOfActive;

    [Fact]
    public async Task Moved_and_not_freed_blobs_are_there_twice_until_the_next_compaction()
    {
        await CompactFirstSegmentAsync();
        using var copy = OpenCopy(out var directory, packs => PutBack(packs, ".pack", ".index", ".dead"));
        await ShouldHold(copy);
        copy.Enumerate().Count().ShouldBe(Blobs - 2);

        var again = await copy.CompactAsync(0.5, CancellationToken.None);

        again.SegmentsFreed.ShouldBe(1);
        again.BytesMoved.ShouldBe(0, "all is elsewhere already");
        await ShouldHold(copy);
        copy.Dispose();
        using var reopened = BlobStore.Open(directory, SmallSegments);
        await ShouldHold(reopened);
    }

    [Fact]
    public async Task Blobs_that_are_there_twice_are_deleted_twice()
    {
        await CompactFirstSegmentAsync();
        using var copy = OpenCopy(out var directory, packs => PutBack(packs, ".pack", ".index", ".dead"));
        (await copy.DeleteAsync(_digests)).ShouldBe(Blobs - 2);
        copy.Enumerate().ShouldBeEmpty();
        copy.Dispose();
        using var reopened = BlobStore.Open(directory, SmallSegments);
        reopened.Enumerate().ShouldBeEmpty();
        foreach (var digest in _digests)
            (await TryGet(reopened, digest)).ShouldBeNull();
    }

    [Fact]
    public async Task A_copy_cut_at_any_place_leaves_the_old_one()
    {
        await CompactFirstSegmentAsync();
        for (var cut = 64; cut < 128 * 1024; cut += 4_099)
        {
            using var copy = OpenCopy(out _, packs =>
            {
                PutBack(packs, ".pack", ".index", ".dead");
                foreach (var active in Directory.EnumerateFiles(packs, "*.pack"))
                {
                    if (File.Exists(Path.ChangeExtension(active, ".index")))
                        continue;
                    using var file = File.OpenWrite(active);
                    file.SetLength(Math.Max(cut, _endOfActive));
                    file.Position = Math.Max(cut, _endOfActive);
                    file.Write(new byte[500]);
                }
            });
            await ShouldHold(copy);
            (await copy.CompactAsync(0.5, CancellationToken.None)).SegmentsFreed.ShouldBe(1);
            await ShouldHold(copy);
        }
    }

    [Theory]
    [InlineData(".index", ".dead")]
    [InlineData(".index")]
    [InlineData(".dead")]
    public async Task Leftovers_of_a_freed_segment_go_and_say_nothing_about_the_next_in_its_slot(params string[] left)
    {
        await CompactFirstSegmentAsync();
        using var copy = OpenCopy(out var directory, packs => PutBack(packs, left));
        await ShouldHold(copy);
        File.Exists(Path.Combine(directory, "blobs", "packs", "00000.index")).ShouldBeFalse();
        File.Exists(Path.Combine(directory, "blobs", "packs", "00000.dead")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(".index")]
    [InlineData(".dead")]
    public async Task Leftovers_beside_the_next_segment_in_the_slot_say_nothing(string left)
    {
        await CompactFirstSegmentAsync();
        // The slot is used again: by the recycled file, with a new incarnation.
        var added = new List<BlobDigest>();
        while (Files(".pack")[0] != Path.Combine(Packs, "00000.pack"))
            added.Add(await Put(RandomBytes(20_000, 500 + added.Count)));
        added.Add(await Put(RandomBytes(20_000, 499)));

        using var copy = OpenCopy(out _, packs => PutBack(packs, left));

        await ShouldHold(copy);
        foreach (var digest in added)
            (await TryGet(copy, digest)).ShouldNotBeNull();
    }

    /// <summary>Three blobs a segment, of which the first segment's second and third are deleted.</summary>
    private async Task CompactFirstSegmentAsync()
    {
        for (var i = 0; i < Blobs; i++)
            _digests.Add(await Put(RandomBytes(40_000, i)));
        await Store.DeleteAsync([_digests[1], _digests[2]]);
        foreach (var suffix in new[] { ".pack", ".index", ".dead" })
            _before[suffix] = await File.ReadAllBytesAsync(Path.Combine(Packs, "00000" + suffix));
        // Two of 40,000 bytes are in the segment that is being written.
        _endOfActive = 64 + (2 * (64 + 40_000));
        (await Store.CompactAsync(0.5, CancellationToken.None)).SegmentsFreed.ShouldBe(1);
        File.Exists(Path.Combine(Packs, "00000.pack")).ShouldBeFalse();
    }

    private void PutBack(string packs, params string[] suffixes)
    {
        foreach (var suffix in suffixes)
            File.WriteAllBytes(Path.Combine(packs, "00000" + suffix), _before[suffix]);
    }

    private async Task ShouldHold(BlobStore store)
    {
        for (var i = 0; i < Blobs; i++)
            (await TryGet(store, _digests[i])).ShouldBe(i is 1 or 2 ? null : RandomBytes(40_000, i), $"blob {i}");
    }
}
