using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Tells what keeps the public out of a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
/// </summary>
public static class GetPublicAccessBlock
{
    public static Task ExecuteAsync(S3Request request)
    {
        if (request.Configurations[BucketConfigurationName.PublicAccessBlock] is null)
        {
            throw new S3Exception(S3Errors.NoSuchPublicAccessBlockConfiguration, null,
                ("BucketName", request.Bucket.Name));
        }
        var document = new XmlDocument("PublicAccessBlockConfiguration");
        foreach (var (name, setting) in PublicAccessBlockNames.All)
            document.Element(name, request.BucketAccess.Blocks(setting));
        return request.RespondAsync(document);
    }
}
