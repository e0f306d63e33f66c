using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>
/// Ends an upload in an object. No bytes move. Asked again, it answers again: a client whose answer was lost must not
/// be told that its upload does not exist.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
/// </summary>
public static class CompleteMultipartUpload
{
    // 10,000 parts with an ETag and a checksum each, generously indented.
    private const int MaxBody = 4 * 1024 * 1024;

    public static async Task ExecuteAsync(S3Request request)
    {
        UnsupportedHeaders.Refuse(request.Headers);
        var conditions = WriteConditions.Read(request);
        var named = CompletedPart.ReadAll(await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel));
        var upload = await OpenUpload.FindAnyAsync(request);
        if (!upload.IsOpen)
        {
            if (upload.CompletedETag != CompletedPart.ObjectETag(named))
                throw new S3Exception(S3Errors.NoSuchUpload, null, ("UploadId", upload.UploadId));
            await RespondAsync(request, upload.CompletedETag, checksum: null);
            return;
        }
        var uploaded = await request.Store.Uploads.ListPartsAsync(
            upload.UploadId, 0, OpenUpload.MaxParts, request.Cancel);
        var content = PartAssembly.Assemble(upload, named, uploaded);
        CheckClaims(request, content);
        await AppendAsync(request, upload, content, conditions);
        await RespondAsync(request, content.ETag, content.Checksum);
    }

    private static async Task AppendAsync(
        S3Request request, Upload upload, ObjectContent content, Preconditions? conditions) =>
        await request.AppendAsync(new CompleteUpload(
            upload.UploadId, request.Bucket.Id, request.Key, request.Principal.UserId, content, upload.Metadata)
        {
            Context = request.Context,
            Preconditions = conditions,
        });

    /// <summary>Compares what the client says of the whole object with what its parts make.</summary>
    private static void CheckClaims(S3Request request, ObjectContent content)
    {
        if (request.Header("x-amz-mp-object-size") is { } size
            && size != content.Size.ToString(CultureInfo.InvariantCulture))
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The provided 'x-amz-mp-object-size' header value {size} does not match what was " +
                $"computed: {content.Size}");
        }
        foreach (var algorithm in ChecksumNames.All)
        {
            if (request.Header(algorithm.Header()) is not { } claimed)
                continue;
            if (content.Checksum is { } own && own.Algorithm == algorithm.Name() && own.Value != claimed)
            {
                throw new S3Exception(S3Errors.BadDigest,
                    $"The {algorithm.Name()} you specified did not match the calculated checksum.");
            }
        }
    }

    private static Task RespondAsync(S3Request request, string etag, ObjectChecksum? checksum)
    {
        var document = new XmlDocument("CompleteMultipartUploadResult")
            .Element("Location", $"{request.Http.Request.Scheme}://{request.Http.Request.Host}{request.Target.RawPath}")
            .Element("Bucket", request.Bucket.Name)
            .Element("Key", request.Key)
            .Element("ETag", ETags.Quote(etag));
        if (checksum is not null)
            document.Element($"Checksum{checksum.Algorithm}", checksum.Value).Element("ChecksumType", checksum.Type);
        return request.RespondAsync(document);
    }
}
