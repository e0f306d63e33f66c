using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Access.Acls;

/// <summary>Access control lists in headers: a canned one, or grants such as <c>id="…", uri="…"</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html</remarks>
public static class AclHeaders
{
    public const string Canned = "x-amz-acl";

    private static readonly (string Header, AclPermission Permission)[] Grants =
    [
        ("x-amz-grant-full-control", AclPermission.FullControl), ("x-amz-grant-read", AclPermission.Read),
        ("x-amz-grant-write", AclPermission.Write), ("x-amz-grant-read-acp", AclPermission.ReadAcp),
        ("x-amz-grant-write-acp", AclPermission.WriteAcp),
    ];

    /// <summary>Whether a request has such headers.</summary>
    public static bool Any(IHeaderDictionary headers) => headers.ContainsKey(Canned) || AnyGrant(headers);

    /// <summary>The list that the headers ask for, or null when there are none.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="owner">Owner of the bucket or object that it is for.</param>
    /// <param name="bucketOwner">Owner of the bucket.</param>
    /// <param name="users">Finds the users that it names.</param>
    /// <exception cref="S3Exception">InvalidRequest, InvalidArgument or UnresolvableGrantByEmailAddress.</exception>
    public static async ValueTask<AccessControlList?> ReadAsync(
        IHeaderDictionary headers, string owner, string bucketOwner, GranteeLookup users)
    {
        if (headers.TryGetValue(Canned, out var canned))
        {
            if (AnyGrant(headers))
            {
                throw new S3Exception(S3Errors.InvalidRequest,
                    "Specifying both Canned ACLs and Header Grants is not allowed");
            }
            return CannedAcl.Find(canned.ToString(), owner, bucketOwner)
                ?? throw new S3Exception(S3Errors.InvalidArgument, null,
                    ("ArgumentName", Canned), ("ArgumentValue", canned.ToString()));
        }
        if (!AnyGrant(headers))
            return null;
        var grants = new List<Grant>();
        foreach (var (header, permission) in Grants)
        {
            if (!headers.TryGetValue(header, out var value))
                continue;
            foreach (var (kind, name) in Parse(header, value.ToString()))
                grants.Add(new Grant(await users.FindAsync(kind, name), permission));
        }
        return AclXml.Limit(grants);
    }

    /// <summary>Takes a header's value apart: <c>kind=value</c> with commas between; values may be quoted.</summary>
    internal static IEnumerable<(string Kind, string Name)> Parse(string header, string value)
    {
        foreach (var part in value.Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : part[(equals + 1)..].Trim().Trim('"', '\'');
            if (name.Length == 0)
            {
                throw new S3Exception(S3Errors.InvalidArgument, "Argument format not recognized",
                    ("ArgumentName", header), ("ArgumentValue", value));
            }
            yield return (part[..equals].Trim(), name);
        }
    }

    private static bool AnyGrant(IHeaderDictionary headers) =>
        Array.Exists(Grants, grant => headers.ContainsKey(grant.Header));
}
