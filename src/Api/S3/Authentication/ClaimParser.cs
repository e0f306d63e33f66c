using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>Reads from a request who it claims to come from.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html</remarks>
public static class ClaimParser
{
    internal const string Algorithm = "AWS4-HMAC-SHA256";
    private const string SignatureV2 = "AWS ";
    private const string UnsupportedMechanism =
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";

    /// <summary>Largest difference between the clocks of client and server.</summary>
    internal static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <summary>Parses the claim and checks all that needs no secret: form, scope, time, signed headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="region">The region that signatures must be for.</param>
    /// <exception cref="S3Exception">The claim is malformed, expired, or not meant for this store.</exception>
    public static Claim Parse(SignedRequest request, string region)
    {
        var authorization = request.Headers.Authorization.ToString();
        var query = PresignedQuery.Read(request.RawQuery);
        if (authorization.Length > 0 && (query.IsPresigned || query.IsSignatureV2))
        {
            throw Argument(authorization, "Only one auth mechanism allowed; only the X-Amz-Algorithm query " +
                "parameter, Signature query string parameter or the Authorization header should be specified");
        }

        if (query.IsPresigned)
            return PresignedClaim.Parse(request, query, region);
        if (query.IsSignatureV2)
            return PresignedClaimV2.Parse(request);
        return authorization.Length == 0 ? Claim.Anonymous.Instance : ParseHeader(request, authorization, region);
    }

    private static Claim.Signed ParseHeader(SignedRequest request, string authorization, string region)
    {
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        var type = space < 0 ? authorization.AsSpan() : authorization.AsSpan(0, space);
        if (type.SequenceEqual(Algorithm))
            return HeaderClaim.Parse(request, authorization.AsSpan(type.Length), region);
        if (type.StartsWith("AWS4-", StringComparison.Ordinal))
            throw new S3Exception(S3Errors.InvalidRequest, UnsupportedMechanism);
        if (!authorization.StartsWith(SignatureV2, StringComparison.Ordinal))
            throw Argument(authorization, "Unsupported Authorization Type");
        return HeaderClaimV2.Parse(request, authorization, authorization.AsSpan(SignatureV2.Length).Trim());
    }

    internal static S3Exception Argument(string authorization, string message) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", "Authorization"), ("ArgumentValue", authorization));

    /// <summary>Temporary credentials are not issued here, so no session token can be valid.</summary>
    internal static void RejectSessionToken(IHeaderDictionary headers)
    {
        if (headers.TryGetValue("x-amz-security-token", out var token))
            throw InvalidToken(token.ToString());
    }

    internal static S3Exception InvalidToken(string token) => new(S3Errors.InvalidToken, null, ("Token-0", token));
}
