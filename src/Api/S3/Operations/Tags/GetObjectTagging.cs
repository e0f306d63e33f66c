using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;

namespace CasStore.Api.S3.Operations.Tags;

/// <summary>
/// Tells the tags of a version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
/// </summary>
public static class GetObjectTagging
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var found = await RequestedObject.FindOwnerAsync(request);
        VersionIds.Write(request, found.VersionId);
        await request.RespondAsync(TagSet.Write(found.Tags.Select(tag => (tag.Key, tag.Value)).ToList()));
    }
}
