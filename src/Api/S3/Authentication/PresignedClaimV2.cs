using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>A claim of Signature Version 2 in the query: a presigned URL.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal static class PresignedClaimV2
{
    public const string AccessKeyName = "AWSAccessKeyId";
    public const string SignatureName = "Signature";

    /// <exception cref="S3Exception">AccessDenied: a parameter is missing or malformed, or the URL expired.</exception>
    public static Claim.SignedV2 Parse(SignedRequest request)
    {
        string? accessKey = null, signature = null, expires = null;
        foreach (var parameter in new RawQuery(request.RawQuery))
        {
            switch (RawQuery.Decode(parameter.Name))
            {
                case AccessKeyName:
                    accessKey = Once(accessKey, parameter.Value);
                    break;
                case SignatureName:
                    signature = Once(signature, parameter.Value);
                    break;
                case "Expires":
                    expires = Once(expires, parameter.Value);
                    break;
                case var name when name.Equals("x-amz-security-token", StringComparison.OrdinalIgnoreCase):
                    throw ClaimParser.InvalidToken(RawQuery.Decode(parameter.Value));
            }
        }

        if (string.IsNullOrEmpty(accessKey) || string.IsNullOrEmpty(signature) || expires is null)
            throw Incomplete();
        RequireInTime(request.Now, expires);
        ClaimParser.RejectSessionToken(request.Headers);
        var payload = PayloadHash.Declared(request.Headers);
        _ = PayloadHash.Parse(payload);
        return new Claim.SignedV2(accessKey, signature, payload, expires);
    }

    private static void RequireInTime(DateTimeOffset now, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ||
            seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            throw new S3Exception(S3Errors.AccessDenied, $"Invalid date (should be seconds since epoch): {text}");
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (now > expires)
        {
            throw new S3Exception(S3Errors.AccessDenied, "Request has expired",
                ("Expires", AmzDate.Extended(expires)), ("ServerTime", AmzDate.Extended(now)));
        }
    }

    // Two values would let the one that is checked differ from the one that someone else reads.
    private static string Once(string? before, ReadOnlySpan<char> value) =>
        before is null ? RawQuery.Decode(value) : throw Incomplete();

    private static S3Exception Incomplete() => new(S3Errors.AccessDenied,
        "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters");
}
