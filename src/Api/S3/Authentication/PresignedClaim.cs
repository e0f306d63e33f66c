using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>A claim in the query: a presigned URL.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</remarks>
internal static class PresignedClaim
{
    private const int MaxExpires = 7 * 24 * 3600;

    public static Claim.SignedV4 Parse(SignedRequest request, in PresignedQuery query, string region)
    {
        if (query.Algorithm is null || query.Credential is null || query.Signature is null || query.Date is null ||
            query.SignedHeaders is null || query.Expires is null)
        {
            throw Error();
        }

        if (query.Algorithm != ClaimParser.Algorithm)
            throw Error("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"");
        var scope = CredentialScope.Parse(query.Credential, region, ScopeError.Query);
        if (!AmzDate.TryParse(query.Date, out var signedAt))
            throw Error("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        scope.RequireDay(query.Date, ScopeError.Query);
        RequireInTime(request.Now, signedAt, Seconds(query.Expires));
        if (query.SecurityToken is not null)
            throw ClaimParser.InvalidToken(query.SecurityToken);
        ClaimParser.RejectSessionToken(request.Headers);
        SignedHeaderNames.Require(query.SignedHeaders, request.Headers, S3Errors.AuthorizationQueryParametersError);
        return new Claim.SignedV4(
            scope.AccessKey, scope.Date, scope.Region, query.Date, query.SignedHeaders, query.Signature,
            Payload(query.ContentSha256, request.Headers), Presigned: true);
    }

    private static int Seconds(string expires)
    {
        if (!long.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            throw Error("X-Amz-Expires should be a number");
        return seconds switch
        {
            < 0 => throw Error("X-Amz-Expires must be non-negative"),
            > MaxExpires => throw Error("X-Amz-Expires must be less than a week (in seconds); that is, the given " +
                "X-Amz-Expires must be less than 604800 seconds"),
            _ => (int)seconds,
        };
    }

    private static void RequireInTime(DateTimeOffset now, DateTimeOffset signedAt, int seconds)
    {
        if (signedAt - now > ClaimParser.MaxSkew)
            throw new S3Exception(S3Errors.AccessDenied, "Request is not yet valid");
        if (now - signedAt > TimeSpan.FromSeconds(seconds))
        {
            throw new S3Exception(S3Errors.AccessDenied, "Request has expired",
                ("X-Amz-Expires", seconds.ToString(CultureInfo.InvariantCulture)),
                ("Expires", AmzDate.Extended(signedAt.AddSeconds(seconds))),
                ("ServerTime", AmzDate.Extended(now)));
        }
    }

    private static string Payload(string? query, IHeaderDictionary headers)
    {
        var payload = query ?? PayloadHash.Declared(headers);
        _ = PayloadHash.Parse(payload);
        return payload;
    }

    private static S3Exception Error(string? message = null) =>
        new(S3Errors.AuthorizationQueryParametersError, message);
}
