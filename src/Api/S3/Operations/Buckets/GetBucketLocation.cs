using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Tells a bucket's region. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
/// </summary>
public static class GetBucketLocation
{
    public static Task ExecuteAsync(S3Request request)
    {
        var document = new XmlDocument("LocationConstraint");
        // us-east-1 is shown as no constraint at all.
        return request.RespondAsync(
            request.Bucket.Region == "us-east-1" ? document : document.Text(request.Bucket.Region));
    }
}
