using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Bytes that a client sent: verified, durable, and not yet named by any event.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">MD5 in hexadecimal.</param>
/// <param name="Extents">Where the bytes are; empty for none.</param>
/// <param name="Checksum">The checksum to be kept.</param>
/// <param name="Given">The checksum that the client gave, or null.</param>
public sealed record IncomingBlob(
    long Size, string ETag, IReadOnlyList<Extent> Extents, ObjectChecksum Checksum, ObjectChecksum? Given)
{
    /// <summary>Most bytes in one PUT or part: 5 GiB.</summary>
    private const long MaxSize = 5L << 30;

    /// <summary>Reads the request's body, verifies all that the client said about it, and makes it durable.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keep">Checksum to be kept; the client's, or else the default, when it is not given.</param>
    /// <exception cref="S3Exception">The body is too large, or is not what the client said.</exception>
    public static async Task<IncomingBlob> ReceiveAsync(S3Request request, ChecksumAlgorithm? keep = null)
    {
        var body = request.OpenBody();
        if (body.Length > MaxSize)
        {
            throw new S3Exception(S3Errors.EntityTooLarge, null,
                ("ProposedSize", body.Length.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", MaxSize.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        var kept = keep ?? body.Checksum ?? ChecksumNames.Default;
        using var other = body.Checksum is { } given && given != kept ? BlobCas.Hashing.Checksum.Create(given) : null;
        await using var content = other is null ? body.Content : new SummingStream(body.Content, other);
        using var staged = await request.Blobs.StageAsync(content, kept, request.Cancel);
        body.Verify(staged.Md5, other is null ? staged.Checksum : other.Finish());
        if (staged.Length > 0)
            await staged.SealAsync(request.Cancel);
        return new IncomingBlob(
            staged.Length,
            Convert.ToHexStringLower(staged.Md5),
            staged.Length == 0 ? [] : [new Extent(staged.Digest, 0, staged.Length)],
            new ObjectChecksum(kept.Name(), Convert.ToBase64String(staged.Checksum!), "FULL_OBJECT"),
            body.ExpectedChecksum is { } value
                ? new ObjectChecksum(body.Checksum!.Value.Name(), value, "FULL_OBJECT")
                : null);
    }
}
