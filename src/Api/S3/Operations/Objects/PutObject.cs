using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Puts an object. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html</summary>
public static class PutObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var draft = await NewObject.ReadAsync(request);
        ObjectLockHeaders.RequireDigest(request);
        var conditions = WriteConditions.Read(request);
        var incoming = await IncomingBlob.ReceiveAsync(request);
        var result = await request.AppendAsync(new Events.Objects.PutObject(draft.With(request, new ObjectContent
        {
            Size = incoming.Size,
            ETag = incoming.ETag,
            Extents = incoming.Extents,
            Checksum = incoming.Checksum,
        }))
        {
            Context = request.Context,
            Preconditions = conditions,
            Known = request.Known,
        });
        request.Response.Headers.ETag = ETags.Quote(incoming.ETag);
        ObjectHeaders.WriteChecksum(incoming.Checksum, request.Response.Headers);
        VersionIds.WriteMade(request, result);
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
