using CasStore.Api.S3.Errors;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>The checksum that a client announces for a body; its value comes in a header or in a trailer.</summary>
/// <param name="Algorithm">Which checksum.</param>
/// <param name="Value">Base64 of the value, or null when it comes in a trailer.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html</remarks>
internal sealed record DeclaredChecksum(ChecksumAlgorithm Algorithm, string? Value)
{
    private const string SdkAlgorithm = "x-amz-sdk-checksum-algorithm";

    public static DeclaredChecksum? Parse(HttpRequest request, bool trailersAllowed)
    {
        // On CompleteMultipartUpload the header is about the object, not about the XML that the body is.
        if (HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("uploadId"))
            return null;
        var declared = FromHeaders(request.Headers);
        if (request.Headers.TryGetValue("x-amz-trailer", out var trailer))
        {
            var algorithm = trailersAllowed ? ChecksumNames.FromHeader(trailer.ToString()) : null;
            if (algorithm is null)
            {
                throw new S3Exception(S3Errors.InvalidRequest,
                    "The value specified in the x-amz-trailer header is not supported");
            }

            declared = declared is null ? new DeclaredChecksum(algorithm.Value, Value: null) : throw Several();
        }

        RequireSdkAlgorithm(request.Headers, declared);
        return declared;
    }

    /// <summary>Throws unless <paramref name="value"/> is base64 of as many bytes as the algorithm has.</summary>
    public static void RequireForm(ChecksumAlgorithm algorithm, string value, string where)
    {
        if (!HasForm(algorithm, value))
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for {algorithm.Header()} {where} is invalid.");
    }

    /// <summary>Whether <paramref name="value"/> is base64 of as many bytes as the algorithm has.</summary>
    public static bool HasForm(ChecksumAlgorithm algorithm, string value)
    {
        const int longest = 88;
        Span<byte> bytes = stackalloc byte[longest];
        return value.Length <= longest && Convert.TryFromBase64String(value, bytes, out var length) &&
            length == algorithm.Size();
    }

    /// <summary>The checksum in a header; there may be one at most.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="countedParts">Whether the value may end in the number of parts, as that of an object may.</param>
    public static DeclaredChecksum? FromHeaders(IHeaderDictionary headers, bool countedParts = false)
    {
        DeclaredChecksum? declared = null;
        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith(ChecksumNames.HeaderPrefix, StringComparison.OrdinalIgnoreCase) || IsSetting(name))
                continue;
            var algorithm = ChecksumNames.FromHeader(name) ?? throw new S3Exception(S3Errors.InvalidRequest,
                "The algorithm type you specified in x-amz-checksum- header is invalid.");
            var text = value.ToString();
            var dash = countedParts ? text.IndexOf('-', StringComparison.Ordinal) : -1;
            RequireForm(algorithm, dash < 0 ? text : text[..dash], "header");
            declared = declared is null ? new DeclaredChecksum(algorithm, text) : throw Several();
        }

        return declared;
    }

    private static bool IsSetting(ReadOnlySpan<char> header) =>
        header[ChecksumNames.HeaderPrefix.Length..] is var rest &&
        (rest.Equals("algorithm", StringComparison.OrdinalIgnoreCase) ||
         rest.Equals("mode", StringComparison.OrdinalIgnoreCase) ||
         rest.Equals("type", StringComparison.OrdinalIgnoreCase));

    private static void RequireSdkAlgorithm(IHeaderDictionary headers, DeclaredChecksum? declared)
    {
        if (!headers.TryGetValue(SdkAlgorithm, out var named))
            return;
        if (ChecksumNames.FromName(named.ToString()) is not { } algorithm)
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for {SdkAlgorithm} header is invalid.");
        if (declared is null)
        {
            throw new S3Exception(S3Errors.InvalidRequest, $"{SdkAlgorithm} specified, but no corresponding " +
                "x-amz-checksum-* or x-amz-trailer headers were found.");
        }

        if (declared.Algorithm != algorithm)
            throw new S3Exception(S3Errors.InvalidRequest, $"Value for {SdkAlgorithm} header is invalid.");
    }

    private static S3Exception Several() =>
        new(S3Errors.InvalidRequest,
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
}
