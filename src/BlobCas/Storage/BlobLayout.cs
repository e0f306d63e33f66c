using System.Globalization;

namespace CasStore.BlobCas.Storage;

/// <summary>Where things are below the data directory. A shard is the first two bytes of a digest.</summary>
internal sealed class BlobLayout
{
    public const int FirstLevels = 256;
    public const int Shards = 256 * 256;

    public BlobLayout(string directory)
    {
        Root = Path.GetFullPath(directory);
        Blobs = Path.Combine(Root, "blobs");
        Staging = Path.Combine(Root, "staging");
    }

    public string Root { get; }

    public string Blobs { get; }

    public string Staging { get; }

    public static int ShardOf(BlobDigest digest)
    {
        Span<byte> bytes = stackalloc byte[BlobDigest.Size];
        digest.CopyTo(bytes);
        return (bytes[0] << 8) | bytes[1];
    }

    public static int FirstLevelOf(int shard) => shard >> 8;

    public string FirstLevelDirectory(int firstLevel) => $"{Blobs}/{Hex(firstLevel)}";

    public string ShardDirectory(int shard) => $"{Blobs}/{Hex(shard >> 8)}/{Hex(shard & 0xff)}";

    public string PathOf(BlobDigest digest) => $"{ShardDirectory(ShardOf(digest))}/{digest}";

    private static string Hex(int level) => level.ToString("x2", CultureInfo.InvariantCulture);
}
