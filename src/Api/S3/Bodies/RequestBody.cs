using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>The body of a request: decoded, and checked against everything that the client said about it.</summary>
/// <remarks>
/// Source of behaviour: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
/// </remarks>
public sealed class RequestBody
{
    private readonly Stream _content;
    private readonly ChunkedBodyStream? _chunked;
    private readonly DeclaredChecksum? _declared;
    private readonly byte[]? _md5;

    private RequestBody(Stream content, long? length, DeclaredChecksum? declared, byte[]? md5)
    {
        _content = content;
        _chunked = content as ChunkedBodyStream;
        _declared = declared;
        _md5 = md5;
        Length = length;
    }

    /// <summary>
    /// The data. It must be read to its end: then a <see cref="S3Exception"/> is thrown instead of a clean end if
    /// anything does not match.
    /// </summary>
    /// <exception cref="S3Exception">MissingContentLength: the client did not say how long it is.</exception>
    public Stream Content => Length is not null || _content is FormFileStream
        ? _content
        : throw new S3Exception(S3Errors.MissingContentLength);

    /// <summary>Bytes of data, or null when the client did not say.</summary>
    public long? Length { get; }

    /// <summary>The checksum that the client gives, to be computed while the data is read.</summary>
    public ChecksumAlgorithm? Checksum => _declared?.Algorithm;

    /// <summary>The checksum's value in base64; when it comes in a trailer, only after the end of the data.</summary>
    public string? ExpectedChecksum => _declared?.Value ?? _chunked?.TrailingChecksum;

    /// <summary>Opens the body of a request.</summary>
    /// <param name="request">The request. What the body holds on to is disposed of with its response.</param>
    /// <param name="claim">The claim of the request.</param>
    /// <param name="scope">What verifying the claim gave; null when chunks cannot be signed.</param>
    /// <exception cref="S3Exception">What the client says about the body is malformed or contradictory.</exception>
    public static RequestBody Open(HttpRequest request, Claim claim, SigningScope? scope)
    {
        var payload = claim is Claim.Signed signed ? signed.PayloadHash : PayloadHash.Declared(request.Headers);
        var kind = PayloadHash.Parse(payload);
        var trailer = kind is PayloadKind.SignedChunksWithTrailer or PayloadKind.UnsignedChunksWithTrailer;
        var declared = DeclaredChecksum.Parse(request, trailersAllowed: trailer);
        var md5 = ContentMd5(request);
        if (kind is PayloadKind.Unsigned or PayloadKind.Sha256)
        {
            var sha256 = kind == PayloadKind.Sha256 ? payload : null;
            return new RequestBody(OpenPlain(request, sha256), request.ContentLength, declared, md5);
        }

        var length = DecodedLength(request);
        var signatures = kind == PayloadKind.UnsignedChunksWithTrailer
            ? null
            : new ChunkSignatures(scope ?? throw new S3Exception(S3Errors.AccessDenied));
        var announced = declared is { Value: null } ? declared.Algorithm : (ChecksumAlgorithm?)null;
        var chunked = new ChunkedBodyStream(request.BodyReader, length, signatures, trailer, announced);
        request.HttpContext.Response.RegisterForDispose(chunked);
        return new RequestBody(chunked, length, declared, md5);
    }

    /// <summary>The file of a form, whose fields are in the place of headers.</summary>
    /// <exception cref="S3Exception">What the client says about the file is malformed or contradictory.</exception>
    public static RequestBody OfForm(PostForm form, HttpRequest request) => new(
        form.File, length: null, DeclaredChecksum.Parse(request, trailersAllowed: false), ContentMd5(request));

    /// <summary>The Content-Encoding to be stored: without aws-chunked, which only describes the transfer.</summary>
    public static string? ContentEncoding(HttpRequest request)
    {
        var sent = request.Headers.ContentEncoding.ToString();
        if (!sent.Contains("aws-chunked", StringComparison.OrdinalIgnoreCase))
            return sent.Length == 0 ? null : sent;
        var kept = sent.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(coding => !coding.Equals("aws-chunked", StringComparison.OrdinalIgnoreCase));
        return string.Join(',', kept) is { Length: > 0 } rest ? rest : null;
    }

    /// <summary>Compares what was computed over the data with what the client gave.</summary>
    /// <param name="md5">MD5 of the data.</param>
    /// <param name="checksum">The checksum of the data in the algorithm <see cref="Checksum"/>.</param>
    /// <exception cref="S3Exception">BadDigest.</exception>
    public void Verify(ReadOnlySpan<byte> md5, ReadOnlySpan<byte> checksum)
    {
        if (_md5 is not null && !md5.SequenceEqual(_md5))
        {
            throw new S3Exception(S3Errors.BadDigest, null,
                ("ExpectedDigest", Convert.ToBase64String(_md5)), ("CalculatedDigest", Convert.ToBase64String(md5)));
        }

        if (ExpectedChecksum is { } expected && !checksum.SequenceEqual(Convert.FromBase64String(expected)))
        {
            throw new S3Exception(S3Errors.BadDigest,
                $"The {Checksum!.Value.Name()} you specified did not match the calculated checksum.");
        }
    }

    /// <summary>Reads a small body whole and verifies it.</summary>
    /// <param name="limit">Most bytes that it may have.</param>
    /// <param name="cancel">Cancels waiting for bytes.</param>
    /// <exception cref="S3Exception">The body is too large, or anything does not match.</exception>
    public async Task<byte[]> ReadAllAsync(int limit, CancellationToken cancel)
    {
        const int firstRead = 16 * 1024;
        if (Length > limit)
            throw new S3Exception(S3Errors.MaxMessageLengthExceeded);
        var data = new ArrayBufferWriter<byte>(firstRead);
        while (await _content.ReadAsync(data.GetMemory(1), cancel) is > 0 and var read)
        {
            data.Advance(read);
            if (data.WrittenCount > limit)
                throw new S3Exception(S3Errors.MaxMessageLengthExceeded);
        }

        var bytes = data.WrittenSpan.ToArray();
        Verify(_md5 is null ? [] : Md5(bytes), Checksum is { } algorithm ? Sum(algorithm, bytes) : []);
        return bytes;
    }

    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 guards against accidents only.")]
    private static byte[] Md5(byte[] data) => MD5.HashData(data);

    private static byte[] Sum(ChecksumAlgorithm algorithm, byte[] data)
    {
        using var sum = BlobCas.Hashing.Checksum.Create(algorithm);
        sum.Append(data);
        return sum.Finish();
    }

    private static PlainBodyStream OpenPlain(HttpRequest request, string? sha256)
    {
        var empty = request.ContentLength == 0 ||
            (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0);
        // Nothing will be read from an empty body, so this is the moment to check it.
        if (empty && sha256 is not null)
            PlainBodyStream.RequireSha256(sha256, SHA256.HashData([]));
        var plain = new PlainBodyStream(request.Body, request.ContentLength, sha256);
        if (sha256 is not null && !empty)
            request.HttpContext.Response.RegisterForDispose(plain);
        return plain;
    }

    private static long DecodedLength(HttpRequest request)
    {
        const string name = "x-amz-decoded-content-length";
        if (!request.Headers.TryGetValue(name, out var text))
            throw new S3Exception(S3Errors.MissingContentLength);
        return long.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new S3Exception(S3Errors.InvalidArgument, $"The value of {name} must be a number.",
                ("ArgumentName", name), ("ArgumentValue", text.ToString()));
    }

    private static byte[]? ContentMd5(HttpRequest request)
    {
        var header = request.Headers.ContentMD5;
        if (header.Count == 0)
            return null;
        var text = header.ToString();
        var md5 = new byte[MD5.HashSizeInBytes];
        return text.Length == 24 && Convert.TryFromBase64String(text, md5, out var length) && length == md5.Length
            ? md5
            : throw new S3Exception(S3Errors.InvalidDigest, null, ("Content-MD5", text));
    }
}
