using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>
/// Reads one large body into a staging file: while one buffer fills from the stream, the other is hashed and written.
/// MD5, the slowest, goes side by side with the rest, and with the MD5 of other bodies.
/// </summary>
internal sealed class LargeBodyReader : IDisposable
{
    private readonly BlockingCalls _calls;
    private readonly FileBody _body;
    private readonly Md5Message _md5;
    private readonly Blake3 _blake3 = new();
    private readonly Checksum? _checksum;
    private Memory<byte> _filling;
    private Memory<byte> _hashed;
    private long _length;

    public LargeBodyReader(
        BlockingCalls calls, Md5Engine md5, FileBody body, ChecksumAlgorithm? checksum, Memory<byte> first,
        Memory<byte> second)
    {
        _md5 = md5.Begin();
        _calls = calls;
        _body = body;
        _checksum = checksum is { } algorithm ? Checksum.Create(algorithm) : null;
        _filling = first;
        _hashed = second;
    }

    /// <summary>Reads to the end. Nothing uses the buffers any more when this completes, however it does.</summary>
    /// <param name="content">The rest of the body.</param>
    /// <param name="filled">Bytes of the body that the first buffer holds already.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<StagedHashes> ReadAsync(Stream content, int filled, CancellationToken cancel)
    {
        var hashing = Task.CompletedTask;
        try
        {
            bool atEnd;
            do
            {
                filled += await content.ReadAtLeastAsync(
                    _filling[filled..], _filling.Length - filled, throwOnEndOfStream: false, cancel);
                atEnd = filled < _filling.Length;
                await hashing;
                hashing = HashAndWriteAsync(_filling[..filled]);
                (_filling, _hashed) = (_hashed, _filling);
                filled = 0;
            }
            while (!atEnd);
            await hashing;
        }
        finally
        {
            await hashing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        var digest = new byte[BlobDigest.Size];
        _blake3.Finish(digest);
        return new StagedHashes(new BlobDigest(digest), _length, _md5.Finish(), _checksum?.Finish());
    }

    public void Dispose()
    {
        _md5.Dispose();
        _checksum?.Dispose();
    }

    private Task HashAndWriteAsync(ReadOnlyMemory<byte> bytes)
    {
        _length += bytes.Length;
        return Task.WhenAll(
            _md5.AppendAsync(bytes),
            _calls.RunAsync(() =>
            {
                _blake3.Append(bytes.Span);
                _checksum?.Append(bytes.Span);
                _body.Write(bytes.Span);
            }));
    }
}
