using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

public sealed class PackStoreTests : PackDirectory
{
    [Fact]
    public async Task Small_blobs_have_no_files_of_their_own()
    {
        var contents = Enumerable.Range(0, 50).Select(i => RandomBytes(1_000 + i)).ToArray();
        var digests = new List<BlobDigest>();
        foreach (var content in contents)
            digests.Add(await Put(content));

        BlobFiles().ShouldBeEmpty();
        StagingFiles().ShouldBeEmpty();
        Files(".pack").ShouldHaveSingleItem();
        for (var i = 0; i < contents.Length; i++)
            (await Get(digests[i])).ShouldBe(contents[i]);
    }

    [Fact]
    public async Task The_limit_parts_small_from_large()
    {
        Reopen(SmallSegments with { PackLimit = 1_000 });
        await Put(RandomBytes(1_000));
        BlobFiles().ShouldBeEmpty();
        await Put(RandomBytes(1_001));
        BlobFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Many_at_once_are_all_there_now_and_after_a_crash()
    {
        var contents = Enumerable.Range(0, 500).Select(i => RandomBytes(i * 13 % 9_000, i)).ToArray();

        var digests = await Task.WhenAll(contents.Select(bytes => Task.Run(() => Put(bytes))));

        using var copy = OpenCopy(out _);
        for (var i = 0; i < contents.Length; i++)
        {
            (await TryGet(Store, digests[i])).ShouldBe(contents[i]);
            (await TryGet(copy, digests[i])).ShouldBe(contents[i]);
        }
        var all = digests.Distinct().OrderBy(d => d.ToString(), StringComparer.Ordinal).ToList();
        Store.Enumerate().ShouldBe(all);
        copy.Enumerate().ShouldBe(all);
        Files(".index").Length.ShouldBe(Files(".pack").Length - 1, "all but the last are sealed");
    }

    [Fact]
    public async Task Known_content_is_not_stored_again()
    {
        var contents = Enumerable.Range(0, 40).Select(i => RandomBytes(9_000, i)).ToArray();
        foreach (var content in contents)
            await Put(content);
        var (files, sealedFiles) = (Files(".pack").Length, Files(".index").Length);

        for (var round = 0; round < 5; round++)
            await Task.WhenAll(contents.Concat(contents).Select(content => Task.Run(() => Put(content))));
        await Put(RandomBytes(100, 1_000));

        Files(".index").Length.ShouldBeInRange(sealedFiles, sealedFiles + 1);
        Files(".pack").Length.ShouldBeInRange(files, files + 1);
        Reopen();
        foreach (var content in contents)
            await Put(content);
        Files(".pack").Length.ShouldBeInRange(files, files + 1);
        Store.Enumerate().Count().ShouldBe(41);
    }

    [Fact]
    public async Task Known_content_costs_the_same_write_and_leaves_no_record()
    {
        var digest = await Put(RandomBytes(5_000));
        await Put(RandomBytes(5_000));

        using var copy = OpenCopy(out var directory);

        // One record of 5,000 bytes after the segment's header; what was written behind it is no record.
        var pack = Directory.EnumerateFiles(Path.Combine(directory, "blobs", "packs"), "*.pack").Single();
        new FileInfo(pack).Length.ShouldBe(64 + 64 + 5_056);
        File.ReadAllBytes(Files(".pack").Single()).AsSpan(64 + 64 + 5_056 + 64, 5_000)
            .SequenceEqual(RandomBytes(5_000)).ShouldBeTrue("the bytes were written once more");
        copy.Enumerate().ShouldBe([digest]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task Putting_again_mends_a_damaged_copy(int blobs)
    {
        // The first of one is in the segment being written, the first of nine in a sealed one.
        var digest = await Put(RandomBytes(40_000, 0));
        for (var i = 1; i < blobs; i++)
            await Put(RandomBytes(40_000, i));
        using (var pack = new FileStream(Files(".pack")[0], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            pack.Position = 64 + 64 + 100;
            pack.Write(new byte[50]);
        }
        (await Get(digest)).ShouldNotBe(RandomBytes(40_000, 0));

        await Put(RandomBytes(40_000, 0));

        // What follows in the queue comes after the mending.
        await Put(RandomBytes(100));
        (await Get(digest)).ShouldBe(RandomBytes(40_000, 0));
        using var copy = OpenCopy(out _);
        (await TryGet(copy, digest)).ShouldBe(RandomBytes(40_000, 0));
        copy.Enumerate().Count().ShouldBe(blobs + 1);
    }

    [Fact]
    public async Task Content_in_a_file_is_read_known_enumerated_and_deleted()
    {
        Reopen(FilesOnly);
        var old = await Put(RandomBytes(500));
        Reopen();
        var packed = await Put(RandomBytes(600));
        var large = await Put(RandomBytes(200_000));

        (await Put(RandomBytes(500))).ShouldBe(old);

        (await Get(old)).ShouldBe(RandomBytes(500));
        Store.Enumerate().ShouldBe(
            new[] { old, packed, large }.OrderBy(d => d.ToString(), StringComparer.Ordinal));
        using (var copy = OpenCopy(out _))
            copy.Enumerate().ShouldBe([packed], "the file's content went into no pack");
        (await Store.DeleteAsync(old)).ShouldBeTrue();
        (await Store.DeleteAsync(old)).ShouldBeFalse();
        (await TryGet(Store, old)).ShouldBeNull();
    }

    [Fact]
    public async Task Packs_are_read_when_packing_is_off()
    {
        var digest = await Put(RandomBytes(500));
        Reopen(FilesOnly);
        (await Get(digest)).ShouldBe(RandomBytes(500));
        (await Store.DeleteAsync(digest)).ShouldBeTrue();
        (await TryGet(Store, digest)).ShouldBeNull();
    }

    [Fact]
    public async Task Reads_any_range_of_a_packed_blob_and_nothing_around_it()
    {
        await Put(RandomBytes(3_000, 1));
        var bytes = RandomBytes(50_000);
        using var reader = Store.OpenRead(await Put(bytes));
        await Put(RandomBytes(3_000, 2));
        reader.Length.ShouldBe(bytes.Length);
        var random = new Random(5);
        for (var i = 0; i < 300; i++)
        {
            var (offset, buffer) = (random.Next(60_000), new byte[random.Next(60_000)]);
            var read = await reader.ReadAsync(offset, buffer, CancellationToken.None);
            var expected = bytes.AsSpan(Math.Min(offset, bytes.Length));
            buffer.AsSpan(0, read).SequenceEqual(expected[..Math.Min(buffer.Length, expected.Length)]).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Few_segments_are_open_at_a_time_and_readers_keep_theirs()
    {
        Reopen(SmallSegments with { OpenSegments = 2 });
        var contents = Enumerable.Range(0, 40).Select(i => RandomBytes(40_000, i)).ToArray();
        var digests = new List<BlobDigest>();
        foreach (var content in contents)
            digests.Add(await Put(content));
        using var kept = Store.OpenRead(digests[0]);
        for (var i = 0; i < contents.Length; i++)
            (await Get(digests[i])).ShouldBe(contents[i]);

        OpenPacks().Distinct().Count().ShouldBeLessThanOrEqualTo(2 + 1 + 1, "idle, read, written");
        var buffer = new byte[40_000];
        (await kept.ReadAsync(0, buffer, CancellationToken.None)).ShouldBe(40_000);
        buffer.ShouldBe(contents[0]);
    }

    [Fact]
    public async Task Disposing_waits_for_what_is_under_way_and_refuses_the_rest()
    {
        using var late = await Stage(RandomBytes(10));
        var puts = Enumerable.Range(0, 50).Select(i => Put(RandomBytes(5_000, i))).ToList();
        await Task.WhenAll(puts);
        Store.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(() => late.SealAsync(CancellationToken.None));
        Reopen();
        Store.Enumerate().Count().ShouldBe(50);
    }

    private IEnumerable<string> OpenPacks() => Directory.EnumerateFiles("/proc/self/fd")
        .Select(TargetOf)
        .Where(target => target.StartsWith(Packs, StringComparison.Ordinal)
            && target.EndsWith(".pack", StringComparison.Ordinal));

    // Other tests of the process open and close files meanwhile.
    private static string TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
