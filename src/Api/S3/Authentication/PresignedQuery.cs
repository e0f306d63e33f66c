using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>The parameters of a presigned URL, as far as they are there.</summary>
internal struct PresignedQuery
{
    public string? Algorithm { get; private set; }
    public string? Credential { get; private set; }
    public string? Date { get; private set; }
    public string? Expires { get; private set; }
    public string? SignedHeaders { get; private set; }
    public string? Signature { get; private set; }
    public string? ContentSha256 { get; private set; }
    public string? SecurityToken { get; private set; }

    public readonly bool IsPresigned => Algorithm is not null || Credential is not null || Signature is not null;

    /// <summary>Whether a parameter of Signature Version 2 is there.</summary>
    public bool IsSignatureV2 { get; private set; }

    public static PresignedQuery Read(string rawQuery)
    {
        var query = default(PresignedQuery);
        foreach (var parameter in new RawQuery(rawQuery))
        {
            var name = RawQuery.NeedsDecoding(parameter.Name) ? RawQuery.Decode(parameter.Name) : parameter.Name;
            query.Take(name, parameter.Value);
        }

        return query;
    }

    private void Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        switch (name)
        {
            case "X-Amz-Algorithm":
                Algorithm = Once(Algorithm, value);
                break;
            case "X-Amz-Credential":
                Credential = Once(Credential, value);
                break;
            case "X-Amz-Date":
                Date = Once(Date, value);
                break;
            case "X-Amz-Expires":
                Expires = Once(Expires, value);
                break;
            case "X-Amz-SignedHeaders":
                SignedHeaders = Once(SignedHeaders, value);
                break;
            case RawQuery.SignatureName:
                Signature = Once(Signature, value);
                break;
            case "X-Amz-Content-Sha256":
                ContentSha256 = Once(ContentSha256, value);
                break;
            case "X-Amz-Security-Token":
                SecurityToken = Once(SecurityToken, value);
                break;
            case PresignedClaimV2.AccessKeyName or PresignedClaimV2.SignatureName:
                IsSignatureV2 = true;
                break;
        }
    }

    // Two values would let the one that is checked differ from the one that someone else reads.
    private static string Once(string? before, ReadOnlySpan<char> value) =>
        before is null ? RawQuery.Decode(value) : throw new S3Exception(S3Errors.AuthorizationQueryParametersError);
}
