using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Tells whether the policy or the list of a bucket lets in the public.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html
/// </summary>
public static class GetBucketPolicyStatus
{
    public static Task ExecuteAsync(S3Request request)
    {
        var access = request.BucketAccess;
        var isPublic = (access.Policy is { IsPublic: true } && !access.Blocks(PublicAccessBlock.RestrictPublicBuckets))
            || (access.Acl is { IsPublic: true } && !access.Blocks(PublicAccessBlock.IgnorePublicAcls));
        return request.RespondAsync(new XmlDocument("PolicyStatus").Element("IsPublic", isPublic));
    }
}
