using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas;

/// <summary>A store in a directory of its own, removed afterwards.</summary>
public abstract class BlobDirectory : IDisposable
{
    private readonly BlobStoreOptions _options;

    protected BlobDirectory(BlobStoreOptions? options = null)
    {
        _options = options ?? new BlobStoreOptions();
        Root = Directory.CreateTempSubdirectory("casstore-blobs-").FullName;
        Store = BlobStore.Open(Root, _options);
    }

    /// <summary>Each blob has a file of its own.</summary>
    protected static BlobStoreOptions FilesOnly { get; } = new() { PackLimit = 0 };

    protected string Root { get; }

    protected BlobStore Store { get; set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Store.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    protected static byte[] RandomBytes(int length, int seed = 0)
    {
        var bytes = new byte[length];
        new Random(length + seed).NextBytes(bytes);
        return bytes;
    }

    protected void Reopen(BlobStoreOptions? options = null)
    {
        Store.Dispose();
        Store = BlobStore.Open(Root, options ?? _options);
    }

    protected Task<StagedBlob> Stage(byte[] bytes, ChecksumAlgorithm? checksum = null) =>
        Store.StageAsync(new MemoryStream(bytes), checksum, CancellationToken.None);

    protected async Task<BlobDigest> Put(byte[] bytes)
    {
        using var staged = await Stage(bytes);
        await staged.SealAsync(CancellationToken.None);
        return staged.Digest;
    }

    protected async Task<byte[]> Get(BlobDigest digest)
    {
        using var reader = Store.OpenRead(digest);
        var bytes = new byte[reader.Length];
        (await reader.ReadAsync(0, bytes, CancellationToken.None)).ShouldBe(bytes.Length);
        return bytes;
    }

    protected string PathOf(BlobDigest digest)
    {
        var hex = digest.ToString();
        return Path.Combine(Root, "blobs", hex[..2], hex[2..4], hex);
    }

    protected string[] StagingFiles() => [.. Directory.EnumerateFiles(Path.Combine(Root, "staging"))
        .Where(path => Path.GetFileName(path) != ".lock")];

    /// <summary>Files of blobs that are in no pack.</summary>
    protected string[] BlobFiles() => [.. Directory
        .EnumerateFiles(Path.Combine(Root, "blobs"), "*", SearchOption.AllDirectories)
        .Where(path => !path.StartsWith(Path.Combine(Root, "blobs", "packs"), StringComparison.Ordinal))];
}
