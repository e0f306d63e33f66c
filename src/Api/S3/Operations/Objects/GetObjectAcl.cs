using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Buckets;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Gives the access control list of a version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html
/// </summary>
public static class GetObjectAcl
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var found = await RequestedObject.FindAsync(request);
        // Where lists do not count, everything is the bucket owner's.
        var enforced = !request.BucketAccess.AclsCount;
        var owner = enforced ? request.Bucket.Owner : found.Owner;
        var list = found.Acl is { } acl && !enforced ? AccessControlList.Read(acl) : AccessControlList.Private(owner);
        VersionIds.Write(request, found.VersionId);
        await request.RespondAsync(await AclXml.WriteAsync(
            owner, list, userId => Listing.DisplayNameAsync(request, userId)));
    }
}
