using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Tells the retention of a version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html
/// </summary>
public static class GetObjectRetention
{
    public static async Task ExecuteAsync(S3Request request)
    {
        LockedBucket.Require(request);
        var retention = (await RequestedObject.FindOwnerAsync(request)).Retention
            ?? throw new S3Exception(S3Errors.NoSuchObjectLockConfiguration, null, ("Key", request.Key));
        await request.RespondAsync(new XmlDocument("Retention")
            .Element("Mode", ObjectLockHeaders.Name(retention.Mode))
            .Element("RetainUntilDate", ObjectLockHeaders.Date(retention.Until)));
    }
}
