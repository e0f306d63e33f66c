using System.IO.Pipelines;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>
/// A body in the aws-chunked encoding: gives the data of its chunks. Data is given before its chunk is verified, but
/// the end is reported only when every signature, the trailer and the length were right.
/// </summary>
internal sealed class ChunkedBodyStream : BodyStream
{
    private const int MinChunkSize = 8192;

    private readonly BodyPipe _pipe;
    private readonly ChunkSignatures? _signatures;
    private readonly ChecksumAlgorithm? _trailer;
    private readonly bool _hasTrailer;
    private readonly byte[] _line = new byte[ChunkHeader.MaxLength];
    private ChunkHeader _chunk;
    private long _chunkLeft;
    private long _left;
    private bool _ended;

    /// <param name="reader">The request's body.</param>
    /// <param name="length">Bytes of data that must come.</param>
    /// <param name="signatures">Verifies chunks and trailer, or null when they are not signed.</param>
    /// <param name="hasTrailer">Whether a trailer follows the last chunk.</param>
    /// <param name="trailer">The checksum that the trailer must hold, if any.</param>
    public ChunkedBodyStream(
        PipeReader reader, long length, ChunkSignatures? signatures, bool hasTrailer, ChecksumAlgorithm? trailer)
    {
        _pipe = new BodyPipe(reader);
        _left = length;
        _signatures = signatures;
        _hasTrailer = hasTrailer;
        _trailer = trailer;
    }

    /// <summary>The checksum in the trailer, once the end was reached.</summary>
    public string? TrailingChecksum { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
            return 0;
        if (_chunkLeft == 0 && !await BeginChunkAsync(cancellationToken))
            return 0;
        if (buffer.Length > _chunkLeft)
            buffer = buffer[..(int)_chunkLeft];
        var read = await _pipe.ReadDataAsync(buffer, cancellationToken);
        _signatures?.Append(buffer.Span[..read]);
        _chunkLeft -= read;
        _left -= read;
        if (_chunkLeft == 0)
            await EndChunkAsync(cancellationToken);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _signatures?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Reads the header of a chunk; false when it was the last one and everything after it was right.</summary>
    private async ValueTask<bool> BeginChunkAsync(CancellationToken cancel)
    {
        var length = await _pipe.ReadLineAsync(_line, bareLineFeed: false, cancel);
        var before = _chunk.Size;
        _chunk = ChunkHeader.Parse(_line.AsSpan(0, length), signed: _signatures is not null);
        if (_chunk.Size == 0)
        {
            await EndAsync(cancel);
            return false;
        }

        if (before is > 0 and < MinChunkSize)
            throw new S3Exception(S3Errors.InvalidChunkSizeError);
        if (_chunk.Size > _left)
            throw new S3Exception(S3Errors.IncompleteBody);
        _chunkLeft = _chunk.Size;
        return true;
    }

    private async ValueTask EndChunkAsync(CancellationToken cancel)
    {
        _signatures?.VerifyChunk(_chunk.Signature!);
        await RequireLineEndAsync(cancel);
    }

    private async ValueTask EndAsync(CancellationToken cancel)
    {
        if (_left != 0)
            throw new S3Exception(S3Errors.IncompleteBody);
        _signatures?.VerifyChunk(_chunk.Signature!);
        if (_hasTrailer)
            TrailingChecksum = await ChunkTrailer.ReadAsync(_pipe, _trailer, _signatures, cancel);
        else
            await RequireLineEndAsync(cancel);
        await _pipe.RequireEndAsync(cancel);
        _ended = true;
    }

    private async ValueTask RequireLineEndAsync(CancellationToken cancel) =>
        _ = await _pipe.ReadLineAsync(Memory<byte>.Empty, bareLineFeed: false, cancel);
}
