using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>Reads bodies to their end: small ones in memory, large ones through two buffers into a file.</summary>
internal sealed class BodyStager
{
    /// <summary>Bytes up to which a body counts as small.</summary>
    public const int SmallLimit = 64 * 1024;

    private const int LargeBuffer = 256 * 1024;

    // Buffers beyond these are left to the garbage collector: 256 small and 16 large ones hold 20 MiB.
    private readonly BufferPool _small = new(SmallLimit + 1, limit: 256);
    private readonly BufferPool _large = new(LargeBuffer, limit: 16);
    private readonly StagingArea _area;
    private readonly BlockingCalls _calls;

    public BodyStager(StagingArea area, BlockingCalls calls)
    {
        _area = area;
        _calls = calls;
    }

    // After an exception buffers are not reused: a stream that broke its contract may still write to them.
    public async Task<(StagedBody Body, StagedHashes Hashes)> StageAsync(
        Stream content, ChecksumAlgorithm? checksum, CancellationToken cancel)
    {
        var small = _small.Rent();
        var length = await content.ReadAtLeastAsync(small, small.Length, throwOnEndOfStream: false, cancel);
        if (length <= SmallLimit)
        {
            var hashes = HashSmall(small.AsSpan(0, length), checksum);
            return (new MemoryBody(_area.NewPath(), _small, small, length), hashes);
        }
        var body = new FileBody(_area.NewPath());
        try
        {
            var (first, second) = (_large.Rent(), _large.Rent());
            using var reader = new LargeBodyReader(_calls, body, checksum, first, second);
            var hashes = await reader.ReadAsync(content, small.AsMemory(0, length), cancel);
            _small.Return(small);
            _large.Return(first);
            _large.Return(second);
            return (body, hashes);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "S3's ETag is an MD5; nothing is trusted for it.")]
    private static StagedHashes HashSmall(ReadOnlySpan<byte> bytes, ChecksumAlgorithm? algorithm)
    {
        using var checksum = algorithm is { } asked ? Checksum.Create(asked) : null;
        checksum?.Append(bytes);
        return new StagedHashes(Blake3.Hash(bytes), bytes.Length, MD5.HashData(bytes), checksum?.Finish());
    }
}
