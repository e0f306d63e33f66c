using System.Security.Cryptography;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Bodies;

/// <summary>A body sent as it is: checks its length and its SHA-256 when they were declared.</summary>
internal sealed class PlainBodyStream : BodyStream
{
    private readonly Stream _source;
    private readonly string? _sha256;
    private IncrementalHash? _hash;
    private long _left;
    private bool _started;

    /// <param name="source">The request's body.</param>
    /// <param name="length">Bytes that must come, or null when the end of the source is the end.</param>
    /// <param name="sha256">Hexadecimal digest that the bytes must have, or null.</param>
    public PlainBodyStream(Stream source, long? length, string? sha256)
    {
        _source = source;
        _sha256 = sha256;
        _left = length ?? long.MaxValue;
        LengthIsKnown = length is not null;
    }

    private bool LengthIsKnown { get; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 || buffer.IsEmpty)
            return 0;
        if (buffer.Length > _left)
            buffer = buffer[..(int)_left];
        int read;
        try
        {
            read = await _source.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException broken)
        {
            throw Translate(broken);
        }

        Take(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash?.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var ended = bytes.IsEmpty || bytes.Length == _left;
        if (bytes.IsEmpty && LengthIsKnown)
            throw new S3Exception(S3Errors.IncompleteBody);
        if (_sha256 is not null)
            Hash(bytes, ended);
        _left = ended ? 0 : _left - bytes.Length;
        _started = true;
    }

    private void Hash(ReadOnlySpan<byte> bytes, bool ended)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (ended && !_started)
        {
            SHA256.HashData(bytes, digest);
            RequireSha256(_sha256!, digest);
            return;
        }

        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(bytes);
        if (!ended)
            return;
        _hash.GetHashAndReset(digest);
        RequireSha256(_sha256!, digest);
    }

    /// <summary>Throws unless the digest is the one that the client declared.</summary>
    public static void RequireSha256(string declared, ReadOnlySpan<byte> digest)
    {
        var computed = Convert.ToHexStringLower(digest);
        if (!computed.Equals(declared, StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.XAmzContentSha256Mismatch, null,
                ("ClientComputedContentSHA256", declared), ("S3ComputedContentSHA256", computed));
        }
    }
}
