namespace CasStore.Api.S3.Access.Acls;

/// <summary>The lists that have a name.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl</remarks>
public static class CannedAcl
{
    public const string BucketOwnerFullControl = "bucket-owner-full-control";

    /// <summary>The list of a name, or null for what is no name of one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="owner">Owner of the bucket or object that it is for.</param>
    /// <param name="bucketOwner">Owner of the bucket.</param>
    public static AccessControlList? Find(string name, string owner, string bucketOwner)
    {
        Grant[]? further = name switch
        {
            // Amazon EC2, which aws-exec-read is for, has no identity here.
            "private" or "aws-exec-read" => [],
            "public-read" => [new(Grantee.AllUsers, AclPermission.Read)],
            "public-read-write" =>
                [new(Grantee.AllUsers, AclPermission.Read), new(Grantee.AllUsers, AclPermission.Write)],
            "authenticated-read" => [new(Grantee.AuthenticatedUsers, AclPermission.Read)],
            "bucket-owner-read" => OfBucketOwner(AclPermission.Read),
            BucketOwnerFullControl => OfBucketOwner(AclPermission.FullControl),
            "log-delivery-write" =>
                [new(Grantee.LogDelivery, AclPermission.Write), new(Grantee.LogDelivery, AclPermission.ReadAcp)],
            _ => null,
        };
        return further is null
            ? null
            : new AccessControlList([new Grant(Grantee.User(owner), AclPermission.FullControl), .. further]);

        // The owner has everything already.
        Grant[] OfBucketOwner(AclPermission permission) =>
            owner == bucketOwner ? [] : [new Grant(Grantee.User(bucketOwner), permission)];
    }
}
