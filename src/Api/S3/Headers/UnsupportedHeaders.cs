using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Headers;

/// <summary>Headers that ask for what the store does not do. Taking them and doing nothing would be a lie.</summary>
public static class UnsupportedHeaders
{
    private static readonly string[] Prefixes =
    [
        "x-amz-server-side-encryption", "x-amz-copy-source-server-side-encryption", "x-amz-object-lock-",
        "x-amz-bucket-object-lock-", "x-amz-grant-", "x-amz-tagging", "x-amz-write-offset-bytes", "x-amz-mfa",
    ];

    /// <summary>Refuses a request that has one of them.</summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void Refuse(IHeaderDictionary headers)
    {
        foreach (var (name, value) in headers)
        {
            var refused = name.Equals("x-amz-acl", StringComparison.OrdinalIgnoreCase)
                ? value != "private" && value != "bucket-owner-full-control"
                : Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    && !(IsCopyDirective(name) && value == "COPY")
                    && !(IsFalseFlag(name) && value.ToString().Equals("false", StringComparison.OrdinalIgnoreCase));
            if (refused)
                throw new S3Exception(S3Errors.NotImplemented, null, ("Header", name));
        }
    }

    private static bool IsCopyDirective(string name) =>
        name.Equals("x-amz-tagging-directive", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalseFlag(string name) =>
        name.Equals("x-amz-bucket-object-lock-enabled", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amz-server-side-encryption-bucket-key-enabled", StringComparison.OrdinalIgnoreCase);
}
