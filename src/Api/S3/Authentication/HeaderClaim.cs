using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>A claim in the Authorization header.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html</remarks>
internal static class HeaderClaim
{
    /// <param name="request">The request.</param>
    /// <param name="components">The header's value after the algorithm.</param>
    /// <param name="region">The region that signatures must be for.</param>
    public static Claim.SignedV4 Parse(SignedRequest request, ReadOnlySpan<char> components, string region)
    {
        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in components.Split(','))
        {
            var component = components[range].Trim();
            var equals = component.IndexOf('=');
            var value = component[(equals + 1)..];
            switch (component[..Math.Max(equals, 0)])
            {
                case "Credential" when credential is null:
                    credential = value.ToString();
                    break;
                case "SignedHeaders" when signedHeaders is null:
                    signedHeaders = value.ToString();
                    break;
                case "Signature" when signature is null:
                    signature = value.ToString();
                    break;
                default:
                    throw ScopeError.Header.With($"the authorization component \"{component}\" is malformed.");
            }
        }

        if (string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signedHeaders) || string.IsNullOrEmpty(signature))
        {
            throw ScopeError.Header.With("the authorization header requires three components: Credential, " +
                "SignedHeaders, and Signature.");
        }

        var scope = CredentialScope.Parse(credential, region, ScopeError.Header);
        var timestamp = AmzDate.Basic(RequestTime.Read(request, httpAmzDate: false));
        scope.RequireDay(timestamp, ScopeError.Header);
        ClaimParser.RejectSessionToken(request.Headers);
        SignedHeaderNames.Require(signedHeaders, request.Headers, ScopeError.Header.Error);
        return new Claim.SignedV4(
            scope.AccessKey, scope.Date, scope.Region, timestamp, signedHeaders, signature, Payload(request.Headers),
            Presigned: false);
    }

    private static string Payload(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(PayloadHash.HeaderName, out var value))
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "Missing required header for this request: x-amz-content-sha256");
        }

        var payload = value.ToString();
        _ = PayloadHash.Parse(payload);
        return payload;
    }
}
