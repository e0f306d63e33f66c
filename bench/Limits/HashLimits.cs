using System.Diagnostics;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;

namespace CasStore.Bench.Limits;

/// <summary>How fast one thread hashes one stream, beside how fast it copies memory.</summary>
internal static class HashLimits
{
    // About what the Api hands over at a time; it stays in the processor's cache, as it does there.
    private const int BlockBytes = 256 * 1024;

    // More than any cache holds.
    private const int CopyBytes = 64 * 1024 * 1024;

    private static readonly ChecksumAlgorithm[] s_checksums =
    [
        ChecksumAlgorithm.Md5, ChecksumAlgorithm.Sha256, ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Crc32C,
    ];

    public static IEnumerable<Limit> Measure(TimeSpan duration, CancellationToken cancel)
    {
        var (source, copy) = (new byte[CopyBytes], new byte[CopyBytes]);
        Random.Shared.NextBytes(source);
        yield return Rate("memcpy", CopyBytes, () => source.CopyTo(copy, 0), duration, cancel);
        var block = source[..BlockBytes];
        var blake3 = new Blake3();
        yield return Rate("BLAKE3", BlockBytes, () => blake3.Append(block), duration, cancel);
        foreach (var algorithm in s_checksums)
        {
            using var checksum = Checksum.Create(algorithm);
            yield return Rate(
                algorithm.ToString().ToUpperInvariant(), BlockBytes, () => checksum.Append(block), duration, cancel);
        }
    }

    private static Limit Rate(string name, int bytes, Action once, TimeSpan duration, CancellationToken cancel)
    {
        // Compiled to its final form first.
        for (var warmUp = Stopwatch.StartNew(); warmUp.Elapsed < duration / 4;)
            once();
        var rounds = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            cancel.ThrowIfCancellationRequested();
            once();
            rounds++;
        }
        return new Limit("Hash", $"{name}, one stream", rounds * bytes / clock.Elapsed.TotalSeconds / 1e9, "GB/s");
    }
}
