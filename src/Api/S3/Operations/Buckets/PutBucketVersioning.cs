using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;
using CasStore.Events.Log;

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
        configuration.RequireOnly("Status", "MfaDelete");
        // Devices for multi-factor deletion do not exist here: that it is off is all that can be said.
        if (configuration.TextOf("MfaDelete")?.Trim() is { } mfa and not "Disabled")
        {
            throw mfa == "Enabled"
                ? new S3Exception(S3Errors.NotImplemented, null, ("Header", "MfaDelete"))
                : new S3Exception(S3Errors.MalformedXml);
        }
        var status = configuration.TextOf("Status")?.Trim() switch
        {
            "Enabled" => VersioningStatus.Enabled,
            "Suspended" => VersioningStatus.Suspended,
            null => throw new S3Exception(S3Errors.IllegalVersioningConfigurationException),
            _ => throw new S3Exception(S3Errors.MalformedXml),
        };
        var result = await request.Store.Log.AppendAsync(
            new SetBucketVersioning(request.Bucket.Id, status) { Context = request.Context }, CancellationToken.None);
        if (result.Rejection == Rejection.InvalidBucketState)
        {
            throw new S3Exception(S3Errors.InvalidBucketState,
                "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        if (result.Rejection != Rejection.None)
            throw RejectionErrors.ToException(result.Rejection, request);
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
