using System.Text;

namespace CasStore.Api.S3.Access.Acls;

/// <summary>
/// The grants of a bucket or an object. Stored as one line for each: the permission, and the group's URI or the user's
/// canonical id.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html</remarks>
public sealed class AccessControlList(IReadOnlyList<Grant> grants)
{
    public const int MaxGrants = 100;

    public IReadOnlyList<Grant> Grants { get; } = grants;

    /// <summary>Whether it grants the public something.</summary>
    public bool IsPublic => Grants.Any(grant => grant.Grantee.IsPublic);

    /// <summary>What is there without a list: everything to the owner, nothing to others.</summary>
    public static AccessControlList Private(string owner) =>
        new([new Grant(Grantee.User(owner), AclPermission.FullControl)]);

    /// <summary>Whether an identity has a permission.</summary>
    /// <param name="principal">The identity.</param>
    /// <param name="permission">The permission.</param>
    /// <param name="ignorePublic">Whether what is granted to the public does not count.</param>
    public bool Allows(Principal principal, AclPermission permission, bool ignorePublic)
    {
        foreach (var (grantee, granted) in Grants)
        {
            if ((granted & permission) == permission && !(ignorePublic && grantee.IsPublic)
                && grantee.Includes(principal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether it says no more than that its owner has full control.</summary>
    public bool IsPrivateTo(string owner) =>
        Grants is [var only] && only == new Grant(Grantee.User(owner), AclPermission.FullControl);

    /// <summary>The stored form.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach (var (grantee, permission) in Grants)
            text.Append(permission.Name()).Append(' ').Append(grantee.Id).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads the stored form.</summary>
    public static AccessControlList Read(string document) => new(document
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line =>
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var id = line[(space + 1)..];
            return new Grant(
                Grantee.Group(id) ?? Grantee.User(id),
                AclPermissionNames.Parse(line[..space])
                    ?? throw new InvalidDataException($"An access control list holds {line}."));
        })
        .ToList());
}
