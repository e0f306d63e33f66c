using CasStore.Api.S3.Access.Acls;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Gives a bucket's access control list.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
/// </summary>
public static class GetBucketAcl
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var owner = request.Bucket.Owner;
        var list = request.BucketAccess.Acl ?? AccessControlList.Private(owner);
        await request.RespondAsync(await AclXml.WriteAsync(
            owner, list, userId => Listing.DisplayNameAsync(request, userId)));
    }
}
