using CasStore.Api.S3.Access.Acls;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Replaces a bucket's access control list.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html
/// </summary>
public static class PutBucketAcl
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var owner = request.Bucket.Owner;
        var list = await RequestedAcl.ReadAsync(request, owner);
        // Without a list it is private.
        await request.ConfigureBucketAsync(
            BucketConfigurationName.Acl, list.IsPrivateTo(owner) ? null : list.Write());
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
