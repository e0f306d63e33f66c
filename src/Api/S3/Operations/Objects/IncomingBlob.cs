using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Bytes that a client sent: verified, durable, and not yet named by any event.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">MD5 in hexadecimal.</param>
/// <param name="Extents">Where the bytes are; empty for none.</param>
/// <param name="Checksum">The checksum that the client gave, or null.</param>
public sealed record IncomingBlob(long Size, string ETag, IReadOnlyList<Extent> Extents, ObjectChecksum? Checksum)
{
    /// <summary>Most bytes in one PUT or part: 5 GiB.</summary>
    private const long MaxSize = 5L << 30;

    /// <summary>Reads the request's body, verifies all that the client said about it, and makes it durable.</summary>
    /// <param name="request">The request.</param>
    /// <param name="algorithm">Checksum to compute when the client gives none.</param>
    /// <exception cref="S3Exception">The body is too large, or is not what the client said.</exception>
    public static async Task<IncomingBlob> ReceiveAsync(S3Request request, ChecksumAlgorithm? algorithm = null)
    {
        var body = request.OpenBody();
        if (body.Length > MaxSize)
        {
            throw new S3Exception(S3Errors.EntityTooLarge, null,
                ("ProposedSize", body.Length.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", MaxSize.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        var computed = body.Checksum ?? algorithm;
        using var staged = await request.Blobs.StageAsync(body.Content, computed, request.Cancel);
        body.Verify(staged.Md5, staged.Checksum);
        if (staged.Length > 0)
            await staged.SealAsync(request.Cancel);
        return new IncomingBlob(
            staged.Length,
            Convert.ToHexStringLower(staged.Md5),
            staged.Length == 0 ? [] : [new Extent(staged.Digest, 0, staged.Length)],
            computed is { } name
                ? new ObjectChecksum(name.Name(), Convert.ToBase64String(staged.Checksum!), "FULL_OBJECT")
                : null);
    }
}
