using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Sets the retention of a version, or ends it where that is allowed.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html
/// </summary>
public static class PutObjectRetention
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;

    public static async Task ExecuteAsync(S3Request request)
    {
        var versionId = VersionIds.Requested(request);
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        LockedBucket.Require(request);
        var retention = Read(XmlNode.Parse(body, "Retention", MaxElements));
        await request.AppendAsync(new SetObjectRetention(
            request.Bucket.Id, request.Key, versionId, retention, ObjectLockHeaders.BypassGovernance(request))
        {
            Context = request.Context,
        });
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    /// <summary>An empty document ends the retention.</summary>
    private static ObjectRetention? Read(XmlNode document)
    {
        document.RequireOnly("Mode", "RetainUntilDate");
        if (document.Children.Count == 0)
            return null;
        if (ObjectLockHeaders.ParseMode(document.TextOf("Mode")?.Trim()) is not { } mode
            || ObjectLockHeaders.ParseDate(document.TextOf("RetainUntilDate")?.Trim()) is not { } until)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
        return new ObjectRetention(mode, ObjectLockHeaders.Future(until));
    }
}
