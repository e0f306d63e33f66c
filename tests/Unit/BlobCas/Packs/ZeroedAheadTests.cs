using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

/// <summary>Segments that are written with zeros before blobs come there.</summary>
public sealed class ZeroedAheadTests() : BlobDirectory(new BlobStoreOptions())
{
    private const int Megabyte = 1 << 20;
    private const int Header = 64;

    [Fact]
    public async Task The_next_megabytes_of_a_segment_are_written_before_they_are_needed()
    {
        await FillAsync(megabytes: 1);
        PackLength().ShouldBe(Header + (4 * Megabyte), "reserved by the first blob");

        await FillAsync(megabytes: 2);
        Store.Dispose();

        PackLength().ShouldBe(Header + (8 * Megabyte), "written while the first were used");
    }

    [Fact]
    public async Task What_was_written_ahead_holds_no_blobs_after_a_crash()
    {
        var digests = await FillAsync(megabytes: 3);
        var copy = Directory.CreateTempSubdirectory("casstore-blobs-").FullName;
        try
        {
            CopyTo(copy);
            using var reopened = BlobStore.Open(copy);
            reopened.Enumerate().Count().ShouldBe(digests.Count);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public async Task Blobs_of_several_steps_and_segments_are_all_there()
    {
        var digests = await FillAsync(megabytes: 70);

        Reopen();
        Store.Enumerate().Count().ShouldBe(digests.Count);
        foreach (var (digest, content) in digests)
            (await Get(digest)).ShouldBe(content);
    }

    [Fact]
    public async Task Whoever_waited_for_a_blob_may_close_the_store()
    {
        // Without the tests' context what waited goes on on the thread that wrote the blob.
        var closing = Task.Run(async () =>
        {
            await Put(RandomBytes(1_000)).ConfigureAwait(false);
            Store.Dispose();
        });

        await closing.WaitAsync(TimeSpan.FromMinutes(1));
        Reopen();
        Store.Enumerate().ShouldHaveSingleItem();
    }

    private async Task<List<(BlobDigest Digest, byte[] Content)>> FillAsync(int megabytes)
    {
        var put = new List<(BlobDigest, byte[])>();
        for (var n = 0; n < megabytes * 16; n++)
        {
            var content = RandomBytes(60_000, (megabytes * 10_000) + n);
            put.Add((await Put(content), content));
        }
        return put;
    }

    private long PackLength() =>
        Directory.EnumerateFiles(Root, "*.pack", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

    private void CopyTo(string copy)
    {
        foreach (var directory in Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(directory.Replace(Root, copy, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Root, "*.pack", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(Root, copy, StringComparison.Ordinal));
    }
}
