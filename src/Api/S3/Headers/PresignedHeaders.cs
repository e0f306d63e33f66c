using CasStore.Api.S3.Routing;

namespace CasStore.Api.S3.Headers;

/// <summary>
/// Headers that the signer of a URL put into its query, so that who uses it need not send them: what is to be stored
/// beside the bytes.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</remarks>
public static class PresignedHeaders
{
    private static readonly string[] Prefixes =
    [
        "x-amz-acl", "x-amz-grant-", "x-amz-meta-", "x-amz-object-lock-", "x-amz-server-side-encryption",
        "x-amz-storage-class", "x-amz-tagging", "x-amz-website-redirect-location",
    ];

    /// <summary>Puts them among the headers, in the place of what the user of the URL sent.</summary>
    public static void Apply(QueryParameters query, IHeaderDictionary headers)
    {
        foreach (var name in query.Names)
        {
            if (Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                headers[name] = query[name];
        }
    }
}
