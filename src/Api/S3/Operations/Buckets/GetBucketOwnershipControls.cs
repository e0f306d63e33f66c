using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Tells who owns what others put into a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html
/// </summary>
public static class GetBucketOwnershipControls
{
    public static Task ExecuteAsync(S3Request request)
    {
        var ownership = request.Configurations[BucketConfigurationName.OwnershipControls]
            ?? throw new S3Exception(S3Errors.OwnershipControlsNotFoundError, null,
                ("BucketName", request.Bucket.Name));
        return request.RespondAsync(new XmlDocument("OwnershipControls")
            .Open("Rule").Element("ObjectOwnership", ownership).Close("Rule"));
    }
}
