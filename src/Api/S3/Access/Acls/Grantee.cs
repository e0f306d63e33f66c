namespace CasStore.Api.S3.Access.Acls;

/// <summary>Whom a grant is for: a user by canonical id, or one of S3's groups by URI.</summary>
/// <param name="Id">Canonical id or URI.</param>
/// <param name="IsGroup">Whether it is a group.</param>
public readonly record struct Grantee(string Id, bool IsGroup)
{
    public static Grantee AllUsers { get; } = new("http://acs.amazonaws.com/groups/global/AllUsers", IsGroup: true);

    public static Grantee AuthenticatedUsers { get; } =
        new("http://acs.amazonaws.com/groups/global/AuthenticatedUsers", IsGroup: true);

    public static Grantee LogDelivery { get; } = new("http://acs.amazonaws.com/groups/s3/LogDelivery", IsGroup: true);

    /// <summary>Whether it stands for the public.</summary>
    public bool IsPublic => this == AllUsers || this == AuthenticatedUsers;

    public static Grantee User(string id) => new(id, IsGroup: false);

    /// <summary>The group of a URI, or null.</summary>
    public static Grantee? Group(string uri) => uri == AllUsers.Id ? AllUsers
        : uri == AuthenticatedUsers.Id ? AuthenticatedUsers
        : uri == LogDelivery.Id ? LogDelivery
        : null;

    /// <summary>Whether an identity is meant.</summary>
    public bool Includes(Principal principal) => IsGroup
        ? this == AllUsers || (this == AuthenticatedUsers && !principal.IsAnonymous)
        : !principal.IsAnonymous && principal.UserId == Id;
}

/// <summary>A permission of somebody.</summary>
public readonly record struct Grant(Grantee Grantee, AclPermission Permission);
