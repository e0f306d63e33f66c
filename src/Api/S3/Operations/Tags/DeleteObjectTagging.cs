using CasStore.Api.S3.Headers;

namespace CasStore.Api.S3.Operations.Tags;

/// <summary>
/// Removes the tags of a version. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html
/// </summary>
public static class DeleteObjectTagging
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await PutObjectTagging.ReplaceAsync(request, VersionIds.Requested(request), []);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
