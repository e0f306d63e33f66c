using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Events.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Uploads a part. https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</summary>
public static class UploadPart
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var number = OpenUpload.PartNumber(request);
        var upload = await OpenUpload.FindAsync(request);
        var wanted = OpenUpload.Algorithm(upload);
        var given = request.OpenBody().Checksum;
        if (upload.ChecksumAlgorithm is not null && given is not null && given != wanted)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"Checksum Type mismatch occurred, expected checksum Type: {wanted.Name().ToLowerInvariant()}, " +
                $"actual checksum Type: {given.Value.Name().ToLowerInvariant()}");
        }
        var incoming = await IncomingBlob.ReceiveAsync(request, wanted);
        await request.AppendAsync(new Events.Uploads.UploadPart(upload.UploadId, number, new PartContent
        {
            Size = incoming.Size,
            ETag = incoming.ETag,
            Extents = incoming.Extents,
            Checksum = incoming.Checksum,
        })
        { Context = request.Context });
        request.Response.Headers.ETag = ETags.Quote(incoming.ETag);
        // The default checksum of a part is the store's own business; S3 shows that of the object only.
        if ((upload.ChecksumAlgorithm is null ? incoming.Given : incoming.Checksum) is { } checksum)
            request.Response.Headers[ChecksumNames.HeaderPrefix + checksum.Algorithm.ToLowerInvariant()] =
                checksum.Value;
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
