using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Sets who owns what others put into a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html
/// </summary>
public static class PutBucketOwnershipControls
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 16;

    public static async Task ExecuteAsync(S3Request request)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var ownership = Read(XmlNode.Parse(body, "OwnershipControls", MaxElements));
        if (ownership == ObjectOwnership.BucketOwnerEnforced
            && request.BucketAccess.Acl is { } acl && !acl.IsPrivateTo(request.Bucket.Owner))
        {
            throw new S3Exception(S3Errors.InvalidBucketAclWithObjectOwnership);
        }
        await request.ConfigureBucketAsync(BucketConfigurationName.OwnershipControls, ownership.ToString());
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    private static ObjectOwnership Read(XmlNode controls) =>
        controls.Children is [{ Name: "Rule", Children: [{ Name: "ObjectOwnership" } setting] }]
            ? ObjectOwnershipNames.Parse(setting.Text.Trim()) ?? throw new S3Exception(S3Errors.MalformedXml)
            : throw new S3Exception(S3Errors.MalformedXml);
}
