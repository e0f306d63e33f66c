using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Headers;

/// <summary>
/// Headers that ask for what the store does not do. Taking them and doing nothing would be a lie, on reads too: who
/// sends a key to decrypt with, or a moment to read as of, must not get something else.
/// </summary>
public static class UnsupportedHeaders
{
    private static readonly string[] Prefixes =
    [
        "x-amz-server-side-encryption", "x-amz-copy-source-server-side-encryption",
        "x-amz-object-ownership", "x-amz-grant-", "x-amz-acl", "x-amz-write-offset-bytes", "x-casstore-as-of",
    ];

    /// <summary>Operations that take access control lists in headers.</summary>
    private static readonly string[] WithAcl =
    [
        "CreateBucket", "PutBucketAcl", "PutObject", "CopyObject", "CreateMultipartUpload", "PutObjectAcl",
        "PostObject",
    ];

    /// <summary>Refuses a request that has one of them, unless its operation does what it asks for.</summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void Refuse(IHeaderDictionary headers, string operation)
    {
        foreach (var (name, value) in headers)
        {
            if (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) &&
                Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) &&
                !IsTaken(name.ToLowerInvariant(), operation) &&
                !SaysWhatHoldsAnyway(name.ToLowerInvariant(), value.ToString()))
            {
                throw new S3Exception(S3Errors.NotImplemented, null, ("Header", name));
            }
        }
    }

    private static bool IsTaken(string name, string operation) => name switch
    {
        "x-amz-object-ownership" => operation == "CreateBucket",
        "x-amz-acl" => WithAcl.Contains(operation, StringComparer.Ordinal),
        _ when name.StartsWith("x-amz-grant-", StringComparison.Ordinal) =>
            WithAcl.Contains(operation, StringComparer.Ordinal),
        _ => false,
    };

    private static bool SaysWhatHoldsAnyway(string name, string value) => name switch
    {
        "x-amz-acl" => value is "private" or "bucket-owner-full-control",
        "x-amz-object-ownership" => value is "BucketOwnerEnforced",
        "x-amz-server-side-encryption-bucket-key-enabled" =>
            value.Equals("false", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
