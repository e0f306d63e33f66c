using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Tags;

/// <summary>
/// Replaces the tags of a version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
/// </summary>
public static class PutObjectTagging
{
    private const int MaxBody = 128 * 1024;

    public static async Task ExecuteAsync(S3Request request)
    {
        var versionId = VersionIds.Requested(request);
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var tags = TagSet.Parse(XmlNode.Parse(body, "Tagging", TagSet.MaxElements), TagRules.Object);
        await ReplaceAsync(request, versionId, TaggingHeader.ToEvent(tags));
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    internal static async Task ReplaceAsync(S3Request request, string? versionId, IReadOnlyList<ObjectTag> tags)
    {
        var result = await request.AppendAsync(
            new TagObject(request.Bucket.Id, request.Key, versionId, tags) { Context = request.Context });
        VersionIds.Write(request, result.Events.OfType<ObjectTagged>().Single().VersionId);
    }
}
