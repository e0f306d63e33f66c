namespace CasStore.Api.S3.Authentication;

/// <summary>Who a request says that it comes from, before anything is proven.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>The request is not signed.</summary>
    public sealed record Anonymous : Claim
    {
        /// <summary>The only value there is.</summary>
        public static Anonymous Instance { get; } = new();
    }

    /// <summary>The request is signed.</summary>
    /// <param name="AccessKey">Access key id: names the secret that signed.</param>
    /// <param name="Signature">Signature as sent.</param>
    /// <param name="PayloadHash">What the request says about its body: SHA-256 in hexadecimal or a keyword.</param>
    public abstract record Signed(string AccessKey, string Signature, string PayloadHash) : Claim;

    /// <summary>The request is signed with AWS Signature Version 2.</summary>
    /// <param name="AccessKey">Access key id: names the secret that signed.</param>
    /// <param name="Signature">Signature as sent, base64.</param>
    /// <param name="PayloadHash">What the request says about its body: SHA-256 in hexadecimal or a keyword.</param>
    /// <param name="Expires">Seconds since the epoch as sent, when the signature came in the query.</param>
    public sealed record SignedV2(string AccessKey, string Signature, string PayloadHash, string? Expires)
        : Signed(AccessKey, Signature, PayloadHash);

    /// <summary>The request is signed with AWS Signature Version 4.</summary>
    /// <param name="AccessKey">Access key id: names the secret that signed.</param>
    /// <param name="Date">Date of the credential scope, <c>yyyyMMdd</c>.</param>
    /// <param name="Region">Region of the credential scope.</param>
    /// <param name="Timestamp">Time of signing, <c>yyyyMMdd'T'HHmmss'Z'</c>.</param>
    /// <param name="SignedHeaders">Names of the signed headers, separated by ';', as sent.</param>
    /// <param name="Signature">Signature as sent.</param>
    /// <param name="PayloadHash">What the signature says about the body: SHA-256 in hexadecimal or a keyword.</param>
    /// <param name="Presigned">Whether the signature came in the query.</param>
    public sealed record SignedV4(
        string AccessKey,
        string Date,
        string Region,
        string Timestamp,
        string SignedHeaders,
        string Signature,
        string PayloadHash,
        bool Presigned) : Signed(AccessKey, Signature, PayloadHash)
    {
        /// <summary>The credential scope: <c>date/region/s3/aws4_request</c>.</summary>
        public string Scope => $"{Date}/{Region}/{CredentialScope.Service}/{CredentialScope.Terminator}";
    }
}
