using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Bodies;

/// <summary>How a body is framed and what protects it, as x-amz-content-sha256 says.</summary>
internal enum PayloadKind
{
    Unsigned,
    Sha256,
    SignedChunks,
    SignedChunksWithTrailer,
    UnsignedChunksWithTrailer,
}

/// <summary>The values of x-amz-content-sha256.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal static class PayloadHash
{
    public const string HeaderName = "x-amz-content-sha256";
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>What the header says; without it, nothing protects the body.</summary>
    public static string Declared(IHeaderDictionary headers)
    {
        var header = headers[HeaderName];
        return header.Count > 0 ? header.ToString() : Unsigned;
    }

    public static PayloadKind Parse(string value) => value switch
    {
        Unsigned => PayloadKind.Unsigned,
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => PayloadKind.SignedChunks,
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => PayloadKind.SignedChunksWithTrailer,
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => PayloadKind.UnsignedChunksWithTrailer,
        "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD" or "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" =>
            throw new S3Exception(S3Errors.NotImplemented),
        { Length: 64 } when IsHex(value) => PayloadKind.Sha256,
        _ => throw new S3Exception(S3Errors.InvalidArgument,
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, " +
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, " +
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid " +
            "sha256 value.",
            ("ArgumentName", HeaderName), ("ArgumentValue", value)),
    };

    private static bool IsHex(string value)
    {
        foreach (var digit in value)
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
        }

        return true;
    }
}
