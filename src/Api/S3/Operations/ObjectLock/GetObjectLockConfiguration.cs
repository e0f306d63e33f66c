using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Tells the default retention of a bucket with object lock.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html
/// </summary>
public static class GetObjectLockConfiguration
{
    public static Task ExecuteAsync(S3Request request)
    {
        if (!request.Bucket.ObjectLock)
        {
            throw new S3Exception(S3Errors.ObjectLockConfigurationNotFoundError, null,
                ("BucketName", request.Bucket.Name));
        }
        var document = new XmlDocument("ObjectLockConfiguration").Element("ObjectLockEnabled", "Enabled");
        if (request.Bucket.DefaultRetention is { } retention)
        {
            document.Open("Rule").Open("DefaultRetention").Element("Mode", ObjectLockHeaders.Name(retention.Mode));
            if (retention.Days is { } days)
                document.Element("Days", days);
            if (retention.Years is { } years)
                document.Element("Years", years);
            document.Close("DefaultRetention").Close("Rule");
        }
        return request.RespondAsync(document);
    }
}
