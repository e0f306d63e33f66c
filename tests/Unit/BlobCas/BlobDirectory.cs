using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas;

/// <summary>A store in a directory of its own, removed afterwards.</summary>
public abstract class BlobDirectory : IDisposable
{
    protected BlobDirectory()
    {
        Root = Directory.CreateTempSubdirectory("casstore-blobs-").FullName;
        Store = BlobStore.Open(Root);
    }

    protected string Root { get; }

    protected BlobStore Store { get; set; }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static byte[] RandomBytes(int length, int seed = 0)
    {
        var bytes = new byte[length];
        new Random(length + seed).NextBytes(bytes);
        return bytes;
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

    protected string[] BlobFiles() =>
        Directory.GetFiles(Path.Combine(Root, "blobs"), "*", SearchOption.AllDirectories);
}
