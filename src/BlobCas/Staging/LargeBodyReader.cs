using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>
/// Reads one large body into a staging file: while one buffer fills from the stream, the others are hashed and written.
/// MD5, the slowest, goes side by side with the rest, and with the MD5 of other bodies; with three buffers it always
/// has the next to go on with.
/// </summary>
internal sealed class LargeBodyReader : IDisposable
{
    private readonly OrderedCalls _calls;
    private readonly FileBody _body;
    private readonly Md5Message _md5;
    private readonly Blake3 _blake3 = new();
    private readonly Checksum? _checksum;
    private readonly IReadOnlyList<Memory<byte>> _buffers;
    private long _length;

    /// <param name="calls">Where the body is written.</param>
    /// <param name="md5">Hashes it.</param>
    /// <param name="body">Is written.</param>
    /// <param name="checksum">What else is computed.</param>
    /// <param name="buffers">Two or more, of whole blocks of MD5.</param>
    public LargeBodyReader(
        BlockingCalls calls, Md5Engine md5, FileBody body, ChecksumAlgorithm? checksum,
        IReadOnlyList<Memory<byte>> buffers)
    {
        _md5 = md5.Begin();
        _calls = new OrderedCalls(calls);
        _body = body;
        _checksum = checksum is { } algorithm ? Checksum.Create(algorithm) : null;
        _buffers = buffers;
    }

    /// <summary>Reads to the end. Nothing uses the buffers any more when this completes, however it does.</summary>
    /// <param name="content">The rest of the body.</param>
    /// <param name="filled">Bytes of the body that the first buffer holds already.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<StagedHashes> ReadAsync(Stream content, int filled, CancellationToken cancel)
    {
        var uses = new Task[_buffers.Count];
        Array.Fill(uses, Task.CompletedTask);
        try
        {
            bool atEnd;
            var next = 0;
            do
            {
                await uses[next];
                var buffer = _buffers[next];
                filled += await content.ReadAtLeastAsync(
                    buffer[filled..], buffer.Length - filled, throwOnEndOfStream: false, cancel);
                atEnd = filled < buffer.Length;
                uses[next] = HashAndWriteAsync(buffer[..filled]);
                next = (next + 1) % uses.Length;
                filled = 0;
            }
            while (!atEnd);
            await Task.WhenAll(uses);
        }
        finally
        {
            await Task.WhenAll(uses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        return Task.WhenAll(_md5.AppendAsync(bytes), _calls.RunAsync(() => HashAndWrite(bytes.Span)));
    }

    private void HashAndWrite(ReadOnlySpan<byte> bytes)
    {
        _blake3.Append(bytes);
        _checksum?.Append(bytes);
        _body.Write(bytes);
    }
}
