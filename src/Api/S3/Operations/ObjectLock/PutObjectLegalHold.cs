using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>
/// Puts a version under legal hold, or releases it.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html
/// </summary>
public static class PutObjectLegalHold
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;

    public static async Task ExecuteAsync(S3Request request)
    {
        var versionId = VersionIds.Requested(request);
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        LockedBucket.Require(request);
        var on = XmlNode.Parse(body, "LegalHold", MaxElements).TextOf("Status")?.Trim() switch
        {
            "ON" => true,
            "OFF" => false,
            _ => throw new S3Exception(S3Errors.MalformedXml),
        };
        await request.AppendAsync(new SetObjectLegalHold(request.Bucket.Id, request.Key, versionId, on)
        {
            Context = request.Context,
        });
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
