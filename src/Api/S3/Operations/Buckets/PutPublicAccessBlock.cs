using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Sets what keeps the public out of a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html
/// </summary>
public static class PutPublicAccessBlock
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;

    public static async Task ExecuteAsync(S3Request request)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var settings = Read(XmlNode.Parse(body, "PublicAccessBlockConfiguration", MaxElements));
        await request.ConfigureBucketAsync(
            BucketConfigurationName.PublicAccessBlock, PublicAccessBlockNames.Write(settings));
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    private static PublicAccessBlock Read(XmlNode configuration)
    {
        var settings = PublicAccessBlock.None;
        foreach (var (name, setting) in PublicAccessBlockNames.All)
        {
            settings |= configuration.TextOf(name)?.Trim() switch
            {
                null or "false" or "FALSE" => PublicAccessBlock.None,
                "true" or "TRUE" => setting,
                _ => throw new S3Exception(S3Errors.MalformedXml),
            };
        }
        return configuration.Children.All(child => PublicAccessBlockNames.All.Any(entry => entry.Name == child.Name))
            ? settings
            : throw new S3Exception(S3Errors.MalformedXml);
    }
}
