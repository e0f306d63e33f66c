using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;

namespace CasStore.Tests.PackWorkload;

/// <summary>The blobs by number, the same in every process.</summary>
public static class Blobs
{
    public const int Workers = 8;
    public const int Count = 800;

    public static byte[] Content(int number)
    {
        var random = new Random(number);
        var bytes = new byte[random.Next(number % 10 == 0 ? 65_537 : 9_000)];
        random.NextBytes(bytes);
        return bytes;
    }

    public static BlobDigest Digest(int number) => Blake3.Hash(Content(number));
}
