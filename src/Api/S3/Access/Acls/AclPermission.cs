namespace CasStore.Api.S3.Access.Acls;

/// <summary>What a grant allows.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions</remarks>
[Flags]
public enum AclPermission
{
    None = 0,
    Read = 1,
    Write = 2,
    ReadAcp = 4,
    WriteAcp = 8,
    FullControl = Read | Write | ReadAcp | WriteAcp,
}

/// <summary>The permissions as S3 writes them.</summary>
public static class AclPermissionNames
{
    private static readonly (string Name, AclPermission Permission)[] All =
    [
        ("FULL_CONTROL", AclPermission.FullControl), ("READ", AclPermission.Read), ("WRITE", AclPermission.Write),
        ("READ_ACP", AclPermission.ReadAcp), ("WRITE_ACP", AclPermission.WriteAcp),
    ];

    public static string Name(this AclPermission permission) =>
        Array.Find(All, entry => entry.Permission == permission).Name;

    /// <summary>The permission of a name, or null.</summary>
    public static AclPermission? Parse(string name)
    {
        var found = Array.Find(All, entry => entry.Name == name);
        return found.Name is null ? null : found.Permission;
    }
}
