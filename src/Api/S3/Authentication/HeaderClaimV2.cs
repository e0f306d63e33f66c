using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>A claim of Signature Version 2 in the Authorization header.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html</remarks>
internal static class HeaderClaimV2
{
    /// <param name="request">The request.</param>
    /// <param name="authorization">The whole header, for errors.</param>
    /// <param name="credentials">The header's value after the scheme.</param>
    /// <exception cref="S3Exception">The claim is malformed, or its time is not now.</exception>
    public static Claim.SignedV2 Parse(
        SignedRequest request, string authorization, ReadOnlySpan<char> credentials)
    {
        var colon = credentials.IndexOf(':');
        var signature = credentials[(colon + 1)..];
        if (colon <= 0 || signature.IsEmpty || signature.Contains(':'))
        {
            throw ClaimParser.Argument(authorization,
                "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature");
        }

        _ = RequestTime.Read(request, httpAmzDate: true);
        ClaimParser.RejectSessionToken(request.Headers);
        var payload = PayloadHash.Declared(request.Headers);
        _ = PayloadHash.Parse(payload);
        return new Claim.SignedV2(credentials[..colon].ToString(), signature.ToString(), payload, Expires: null);
    }
}
