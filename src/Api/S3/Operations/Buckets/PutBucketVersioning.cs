using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Enables or suspends versioning. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html
/// </summary>
public static class PutBucketVersioning
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;

    public static async Task ExecuteAsync(S3Request request)
    {
        var configuration = XmlNode.Parse(
            await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel), "VersioningConfiguration", MaxElements);
        // Devices for multi-factor deletion do not exist here: that it is off is all that can be said.
        if (configuration.TextOf("MfaDelete")?.Trim() is not (null or "Disabled"))
            throw new S3Exception(S3Errors.NotImplemented, null, ("Header", "MfaDelete"));
        var status = configuration.TextOf("Status")?.Trim() switch
        {
            "Enabled" => VersioningStatus.Enabled,
            "Suspended" => VersioningStatus.Suspended,
            null => throw new S3Exception(S3Errors.IllegalVersioningConfigurationException),
            _ => throw new S3Exception(S3Errors.MalformedXml),
        };
        await request.AppendAsync(new SetBucketVersioning(request.Bucket.Id, status) { Context = request.Context });
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
