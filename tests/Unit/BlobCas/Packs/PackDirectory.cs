using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas.Packs;

/// <summary>A store of small segments: three blobs of 40,000 bytes fill one.</summary>
public abstract class PackDirectory(BlobStoreOptions? options = null) : BlobDirectory(options ?? SmallSegments)
{
    protected static BlobStoreOptions SmallSegments { get; } = new() { SegmentSize = 128 * 1024 };

    protected string Packs => Path.Combine(Root, "blobs", "packs");

    protected string[] Files(string suffix) =>
        [.. Directory.EnumerateFiles(Packs, "*" + suffix).Order(StringComparer.Ordinal)];

    protected string[] FreeFiles() => Directory.GetFiles(Path.Combine(Packs, "free"));

    /// <summary>The packs as a crash of the process leaves them now, opened anew.</summary>
    protected BlobStore OpenCopy(out string copy, Action<string>? change = null)
    {
        copy = Root + "-copy";
        var packs = Path.Combine(copy, "blobs", "packs");
        if (Directory.Exists(packs))
            Directory.Delete(packs, recursive: true);
        foreach (var from in new[] { Packs, Path.Combine(Packs, "free") })
        {
            var to = Path.Combine(packs, Path.GetRelativePath(Packs, from));
            Directory.CreateDirectory(to);
            foreach (var file in Directory.EnumerateFiles(from))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
        change?.Invoke(packs);
        return BlobStore.Open(copy, SmallSegments);
    }

    protected static async Task<byte[]?> TryGet(BlobStore store, BlobDigest digest)
    {
        try
        {
            using var reader = store.OpenRead(digest);
            var bytes = new byte[reader.Length];
            (await reader.ReadAsync(0, bytes, CancellationToken.None)).ShouldBe(bytes.Length);
            return bytes;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Directory.Exists(Root + "-copy"))
            Directory.Delete(Root + "-copy", recursive: true);
    }
}
