using CasStore.Events.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Gives an upload up. https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</summary>
public static class AbortMultipartUpload
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var upload = await OpenUpload.FindAsync(request);
        await request.AppendAsync(new AbortUpload(upload.UploadId) { Context = request.Context });
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
