using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Authentication;

/// <summary>The list of signed headers: names separated by ';'.</summary>
internal static class SignedHeaderNames
{
    private const int MaxNames = 128;

    /// <summary>Host and every x-amz-* header that is present must be signed.</summary>
    public static void Require(string signedHeaders, IHeaderDictionary headers, S3Error malformed)
    {
        RequireUnique(signedHeaders, malformed);
        List<string>? missing = null;
        if (!Contains(signedHeaders, "host"))
            (missing = []).Add("host");
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !Contains(signedHeaders, name))
                (missing ??= []).Add(name.ToLowerInvariant());
        }

        if (missing is not null)
        {
            throw new S3Exception(S3Errors.AccessDenied,
                "There were headers present in the request which were not signed",
                ("HeadersNotSigned", string.Join(", ", missing)));
        }
    }

    // A name listed many times would make the canonical request many times as large as the request.
    private static void RequireUnique(ReadOnlySpan<char> signedHeaders, S3Error malformed)
    {
        if (signedHeaders.Count(';') >= MaxNames)
            throw new S3Exception(malformed, $"More than {MaxNames} headers are signed.");
        foreach (var range in signedHeaders.Split(';'))
        {
            var name = signedHeaders[range];
            var after = signedHeaders[range.End..].TrimStart(';');
            if (name.IsEmpty || Contains(after, name))
                throw new S3Exception(malformed, "The list of signed headers is not well-formed.");
        }
    }

    private static bool Contains(ReadOnlySpan<char> signedHeaders, ReadOnlySpan<char> name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
