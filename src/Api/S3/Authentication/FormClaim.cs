using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;

namespace CasStore.Api.S3.Authentication;

/// <summary>A claim in the fields of a form: a signature over its policy.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html</remarks>
internal static class FormClaim
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The claim of a form; anonymous when nothing in it claims anything.</summary>
    /// <exception cref="S3Exception">The claim is not complete, or malformed.</exception>
    public static Claim Parse(PostForm form, string region)
    {
        if (form["x-amz-signature"] is not null || form["x-amz-credential"] is not null
            || form["x-amz-algorithm"] is not null)
        {
            return ParseV4(form, region);
        }
        if (form["signature"] is null && form["awsaccesskeyid"] is null && form["policy"] is null)
            return Claim.Anonymous.Instance;
        _ = form.Require("policy");
        return new Claim.SignedV2(Require(form, "AWSAccessKeyId"), form.Require("signature"), "", Expires: null);
    }

    /// <summary>Proves a claim with the secret of its access key.</summary>
    /// <exception cref="S3Exception">SignatureDoesNotMatch.</exception>
    public static void Verify(Claim.Signed claim, PostForm form, string secret)
    {
        var policy = form.Require("policy");
        var signed = Encoding.UTF8.GetBytes(policy);
        var matches = claim is Claim.SignedV4 v4
            ? SignatureVerifier.Matches(SigningKeys.For(v4, secret), signed, claim.Signature)
            : SignatureVerifierV2.Matches(secret, signed, claim.Signature);
        if (!matches)
        {
            throw new S3Exception(S3Errors.SignatureDoesNotMatch, null,
                ("AWSAccessKeyId", claim.AccessKey), ("StringToSign", policy),
                ("SignatureProvided", claim.Signature));
        }
    }

    private static Claim.SignedV4 ParseV4(PostForm form, string region)
    {
        _ = form.Require("policy");
        if (Require(form, "X-Amz-Algorithm") is not Algorithm)
        {
            throw new S3Exception(S3Errors.InvalidArgument, $"X-Amz-Algorithm only supports \"{Algorithm}\"",
                ("ArgumentName", "X-Amz-Algorithm"), ("ArgumentValue", form["x-amz-algorithm"]!));
        }
        var scope = CredentialScope.Parse(Require(form, "X-Amz-Credential"), region, ScopeError.Form);
        var timestamp = Require(form, "X-Amz-Date");
        if (!AmzDate.TryParse(timestamp, out _))
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
                ("ArgumentName", "X-Amz-Date"), ("ArgumentValue", timestamp));
        }
        scope.RequireDay(timestamp, ScopeError.Form);
        return new Claim.SignedV4(scope.AccessKey, scope.Date, scope.Region, timestamp, SignedHeaders: "",
            Require(form, "X-Amz-Signature"), PayloadHash: "", Presigned: false);
    }

    /// <summary>A field, named in the error as AWS names it.</summary>
    private static string Require(PostForm form, string name) => form[name.ToLowerInvariant()] ?? form.Require(name);
}
