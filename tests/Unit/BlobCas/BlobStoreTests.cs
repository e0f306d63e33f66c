using System.Runtime.Versioning;
using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas;

public sealed class BlobStoreTests() : BlobDirectory(FilesOnly)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Files_a_blob_by_the_first_two_bytes_of_its_digest_for_the_owner_only()
    {
        foreach (var size in new[] { 10, 100_000 })
        {
            var path = PathOf(await Put(RandomBytes(size)));

            File.GetUnixFileMode(path).ShouldBe(OwnerFile);
            for (var directory = Path.GetDirectoryName(path)!; directory != Root;)
            {
                File.GetUnixFileMode(directory).ShouldBe(OwnerDirectory, directory);
                directory = Path.GetDirectoryName(directory)!;
            }
        }
    }

    [Fact]
    public async Task Identical_content_sealed_by_many_at_once_is_one_blob()
    {
        foreach (var size in new[] { 1_000, 300_000 })
        {
            var bytes = RandomBytes(size);
            var digests = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Put(bytes))));

            var digest = digests.Distinct().ShouldHaveSingleItem();
            (await Get(digest)).ShouldBe(bytes);
        }
        BlobFiles().Length.ShouldBe(2);
        StagingFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Different_content_sealed_by_many_at_once_is_all_there()
    {
        var contents = Enumerable.Range(0, 300).Select(i => RandomBytes(500 + (i % 10 * 20_000), i)).ToArray();

        var digests = await Task.WhenAll(contents.Select(bytes => Task.Run(() => Put(bytes))));

        for (var i = 0; i < contents.Length; i++)
            (await Get(digests[i])).ShouldBe(contents[i]);
        Store.Enumerate().ShouldBe(digests.OrderBy(d => d.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sealing_again_mends_a_damaged_copy_and_leaves_open_readers_alone()
    {
        var bytes = RandomBytes(1_000);
        var digest = await Put(bytes);
        await File.WriteAllTextAsync(PathOf(digest), "damaged");
        using var old = Store.OpenRead(digest);

        await Put(bytes);

        (await Get(digest)).ShouldBe(bytes);
        var read = new byte[7];
        await old.ReadAsync(0, read, CancellationToken.None);
        read.ShouldBe("damaged"u8.ToArray());
    }

    [Fact]
    public void Opening_a_blob_that_is_not_there_throws() =>
        Should.Throw<FileNotFoundException>(() => Store.OpenRead(new BlobDigest(new byte[32])));

    [Fact]
    public async Task Deletes_a_blob_once()
    {
        var bytes = RandomBytes(100);
        var digest = await Put(bytes);
        using var reader = Store.OpenRead(digest);

        (await Store.DeleteAsync(digest)).ShouldBeTrue();
        (await Store.DeleteAsync(digest)).ShouldBeFalse();

        Should.Throw<FileNotFoundException>(() => Store.OpenRead(digest));
        Store.Enumerate().ShouldBeEmpty();
        var read = await reader.ReadAsync(0, new byte[100], CancellationToken.None);
        read.ShouldBe(100, "readers keep what they opened");
        await Put(bytes);
        (await Get(digest)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Survives_reopening()
    {
        var bytes = RandomBytes(100_000);
        var digest = await Put(bytes);
        Reopen();

        (await Get(digest)).ShouldBe(bytes);
        (await Put(bytes)).ShouldBe(digest);
    }

    [Fact]
    public async Task Opening_removes_leftover_staging_files_and_no_blob()
    {
        var digest = await Put(RandomBytes(100));
        Store.Dispose();
        await File.WriteAllTextAsync(Path.Combine(Root, "staging", "0000000000000001"), "left over");
        Reopen();

        StagingFiles().ShouldBeEmpty();
        Store.Enumerate().ShouldBe([digest]);
    }

    [Fact]
    public async Task A_directory_in_use_is_refused_and_its_staging_left_alone()
    {
        using var staged = await Stage(RandomBytes(100_000));

        var refused = Should.Throw<IOException>(() => BlobStore.Open(Root));

        refused.Message.ShouldContain("in use by another process");
        refused.Message.ShouldContain(Root);
        StagingFiles().Length.ShouldBe(1);
        await staged.SealAsync(CancellationToken.None);
    }

    [Fact]
    public void Makes_the_directory_with_its_parents()
    {
        using var store = BlobStore.Open(Path.Combine(Root, "some", "where"));
        store.CheckWritable();
        Directory.Exists(Path.Combine(Root, "some", "where", "blobs")).ShouldBeTrue();
    }

    [Fact]
    public void A_writable_disk_passes_the_check_and_keeps_nothing_of_it()
    {
        Store.CheckWritable();
        StagingFiles().ShouldBeEmpty();
    }

    [Fact]
    public void A_disk_that_takes_no_files_fails_the_check()
    {
        Directory.Delete(Path.Combine(Root, "staging"), recursive: true);
        Should.Throw<IOException>(Store.CheckWritable);
    }

    [Fact]
    public async Task Enumerating_passes_over_what_is_no_blob()
    {
        var digest = await Put(RandomBytes(100));
        await File.WriteAllTextAsync(Path.Combine(Root, "blobs", "note"), "");
        Directory.CreateDirectory(Path.Combine(Root, "blobs", digest.ToString()[..2], "other"));
        await File.WriteAllTextAsync(PathOf(digest) + "x", "");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(PathOf(digest))!, new string('g', 64)), "");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(PathOf(digest))!, new string('0', 64)), "");

        Store.Enumerate().ShouldBe([digest]);
    }
}
