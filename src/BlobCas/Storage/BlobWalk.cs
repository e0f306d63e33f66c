using System.Buffers;

namespace CasStore.BlobCas.Storage;

/// <summary>
/// Walks the shard directories below one of the first level, in order, one in memory at a time, passing over foreign
/// names.
/// </summary>
internal static class BlobWalk
{
    public static IEnumerable<BlobDigest> Walk(BlobLayout layout, int firstLevel)
    {
        var directories = new DirectoryInfo(layout.FirstLevelDirectory(firstLevel)).EnumerateDirectories();
        foreach (var directory in directories.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            foreach (var digest in InDirectory(layout, directory))
                yield return digest;
        }
    }

    private static List<BlobDigest> InDirectory(BlobLayout layout, DirectoryInfo directory)
    {
        var digests = new List<BlobDigest>();
        var names = directory.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal);
        var digest = new byte[BlobDigest.Size];
        foreach (var name in names)
        {
            if (name.Length != 2 * BlobDigest.Size)
                continue;
            var isHex = Convert.FromHexString(name, digest, out _, out _) == OperationStatus.Done;
            if (isHex && layout.PathOf(new BlobDigest(digest)) == Path.Combine(directory.FullName, name))
                digests.Add(new BlobDigest(digest));
        }
        return digests;
    }
}
