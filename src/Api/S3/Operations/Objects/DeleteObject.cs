using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Deletes an object, or finds that there is none: both are 204.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
/// </summary>
public static class DeleteObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        VersionId.RequireNull(request.Query["versionId"]);
        if (request.Header("If-Match") is not null)
            throw new S3Exception(S3Errors.NotImplemented, null, ("Header", "If-Match"));
        await request.AppendAsync(new Events.Objects.DeleteObjects(request.Bucket.Id, [request.Key])
        {
            Context = request.Context,
        });
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
