using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>
/// Reads bodies to their end. The first bytes go to a buffer that each body has; what is longer takes one of the <see
/// cref="BudgetedBuffers"/> while it is small, and a staging file through three large buffers when it is not. When the
/// budget is used up, a body goes to a staging file through its own short buffers: slower, but it holds up nobody.
/// </summary>
internal sealed class BodyStager : IDisposable
{
    /// <summary>Bytes up to which a body counts as small.</summary>
    public const int SmallLimit = 64 * 1024;

    private const int FirstBuffer = 8 * 1024;
    private const int LargeBuffer = 512 * 1024;

    // Buffers beyond these are left to the garbage collector: 256 first and 24 large ones hold 14 MiB.
    private readonly BufferPool _first = new(FirstBuffer, limit: 256);
    private readonly BufferPool _large = new(LargeBuffer, limit: 24, inPages: true);
    private readonly BudgetedBuffers _small;
    private readonly Md5Engine _md5 = new();
    private readonly Action<Memory<byte>> _returnFirst;
    private readonly Action<Memory<byte>> _returnSmall;
    private readonly StagingArea _area;
    private readonly BlockingCalls _calls;

    public BodyStager(StagingArea area, BlockingCalls calls, BlobStoreOptions options)
    {
        _area = area;
        _calls = calls;
        _small = new BudgetedBuffers(
            SmallLimit + 1, Math.Max(1, options.SmallBodyBudget / SmallLimit), options.BudgetPatience);
        _returnFirst = _first.Return;
        _returnSmall = _small.Return;
    }

    // After an exception buffers are not reused: a stream that broke its contract may still write to them.
    public async Task<(StagedBody Body, StagedHashes Hashes)> StageAsync(
        Stream content, ChecksumAlgorithm? checksum, CancellationToken cancel)
    {
        var first = _first.Rent();
        var length = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancel);
        if (length < first.Length)
            return InMemory(first, length, checksum, _returnFirst);
        if (await _small.TryRentAsync(cancel) is not { } small)
            return await ToFileAsync(content, checksum, first, length, _first, cancel);
        first.CopyTo(small);
        _first.Return(first);
        try
        {
            length += await content.ReadAtLeastAsync(
                small[length..], small.Length - length, throwOnEndOfStream: false, cancel);
        }
        catch
        {
            _small.Abandon();
            throw;
        }
        if (length <= SmallLimit)
            return InMemory(small, length, checksum, _returnSmall);
        var large = _large.Rent();
        small[..length].CopyTo(large);
        _small.Return(small);
        return await ToFileAsync(content, checksum, large, length, _large, cancel);
    }

    public void Dispose() => _small.Dispose();

    private (StagedBody Body, StagedHashes Hashes) InMemory(
        Memory<byte> buffer, int length, ChecksumAlgorithm? checksum, Action<Memory<byte>> giveBack) =>
        (new MemoryBody(_area.NewPath(), buffer, length, giveBack), HashSmall(buffer.Span[..length], checksum));

    private async Task<(StagedBody Body, StagedHashes Hashes)> ToFileAsync(
        Stream content, ChecksumAlgorithm? checksum, Memory<byte> buffer, int filled, BufferPool pool,
        CancellationToken cancel)
    {
        var body = new FileBody(_area.NewPath(), pool.InPages ? LargeBuffer : 0);
        try
        {
            Memory<byte>[] buffers = [buffer, pool.Rent(), pool.Rent()];
            using var reader = new LargeBodyReader(_calls, _md5, body, checksum, buffers);
            var hashes = await reader.ReadAsync(content, filled, cancel);
            foreach (var used in buffers)
                pool.Return(used);
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
