using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Tells whether a bucket is versioned; one that never was has no status.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
/// </summary>
public static class GetBucketVersioning
{
    public static Task ExecuteAsync(S3Request request) =>
        request.RespondAsync(new XmlDocument("VersioningConfiguration").Element(
            "Status", VersionIds.AreShown(request.Bucket) ? request.Bucket.Versioning.ToString() : null));
}
