using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Puts an object. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</summary>
public static class PutObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var metadata = MetadataHeaders.Read(request.Http.Request);
        var conditions = WriteConditions.Read(request);
        var incoming = await IncomingBlob.ReceiveAsync(request);
        await request.AppendAsync(new Events.Objects.PutObject(
            request.Bucket.Id, request.Key, request.Principal.UserId, new ObjectContent
            {
                Size = incoming.Size,
                ETag = incoming.ETag,
                Extents = incoming.Extents,
                Checksum = incoming.Checksum,
            }, metadata)
        {
            Context = request.Context,
            Preconditions = conditions,
        });
        request.Response.Headers.ETag = ETags.Quote(incoming.ETag);
        ObjectHeaders.WriteChecksum(incoming.Checksum, request.Response.Headers);
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
