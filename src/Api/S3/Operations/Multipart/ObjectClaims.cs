using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Events.Objects;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>What the headers of a CompleteMultipartUpload say of the whole object.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html</remarks>
public static class ObjectClaims
{
    /// <summary>Compares them with what the parts make.</summary>
    /// <exception cref="S3Exception">InvalidRequest or BadDigest.</exception>
    public static void Check(S3Request request, Upload upload, ObjectContent content)
    {
        CheckType(request, upload);
        if (request.Header("x-amz-mp-object-size") is { } size)
            CheckSize(size, content.Size);
        if (DeclaredChecksum.FromHeaders(request.Headers, countedParts: true) is { } claimed)
            CheckValue(claimed, upload, content);
    }

    private static void CheckType(S3Request request, Upload upload)
    {
        const string Header = "x-amz-checksum-type";
        if (request.Header(Header) is not { } type)
            return;
        if (type.ToUpperInvariant() is not ("COMPOSITE" or "FULL_OBJECT"))
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for {Header} header is invalid.");
        var started = upload.ChecksumType ?? "FULL_OBJECT";
        if (!started.Equals(type, StringComparison.OrdinalIgnoreCase))
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The upload was created using the {started} checksum mode. The complete request must use the same " +
                "checksum mode.");
        }
    }

    private static void CheckSize(string claimed, long size)
    {
        if (!long.TryParse(claimed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new S3Exception(S3Errors.InvalidRequest, "Value for x-amz-mp-object-size header is invalid.");
        if (number != size)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The provided 'x-amz-mp-object-size' header value {number} does not match what was computed: {size}");
        }
    }

    private static void CheckValue(DeclaredChecksum claimed, Upload upload, ObjectContent content)
    {
        var algorithm = OpenUpload.Algorithm(upload);
        if (claimed.Algorithm != algorithm)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"Checksum Type mismatch occurred, expected checksum Type: {algorithm.Name().ToLowerInvariant()}, " +
                $"actual checksum Type: {claimed.Algorithm.Name().ToLowerInvariant()}");
        }
        if (content.Checksum is { } own && own.Value != claimed.Value
            && own.Value != $"{claimed.Value}-{content.Parts!.Count}")
        {
            throw new S3Exception(S3Errors.BadDigest,
                $"The {algorithm.Name()} you specified did not match the calculated checksum.");
        }
    }
}
