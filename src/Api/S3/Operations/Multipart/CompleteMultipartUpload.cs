using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Log;
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
        var conditions = WriteConditions.Read(request);
        var named = CompletedPart.ReadAll(await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel));
        var upload = await OpenUpload.FindAnyAsync(request);
        if (!upload.IsOpen)
        {
            await RespondAgainAsync(request, upload, named);
            return;
        }
        var uploaded = await request.Store.Uploads.ListPartsAsync(
            upload.UploadId, 0, OpenUpload.MaxParts, request.Cancel);
        var content = PartAssembly.Assemble(upload, named, uploaded);
        ObjectClaims.Check(request, upload, content);
        try
        {
            var result = await AppendAsync(request, upload, content, conditions);
            VersionIds.WriteMade(request, result);
        }
        catch (S3Exception ended) when (ended.Error == S3Errors.NoSuchUpload)
        {
            // Another request, maybe this one sent again, ended it in between.
            await RespondAgainAsync(request, await OpenUpload.FindAnyAsync(request), named);
            return;
        }
        await RespondAsync(request, content.ETag, content.Checksum);
    }

    private static async Task RespondAgainAsync(S3Request request, Upload upload, List<CompletedPart> named)
    {
        if (upload.CompletedETag is not { } etag || etag != CompletedPart.ObjectETag(named))
            throw new S3Exception(S3Errors.NoSuchUpload, null, ("UploadId", upload.UploadId));
        var now = await request.Store.Objects.FindAsync(upload.BucketId, upload.Key, request.Cancel);
        var made = now?.Content.ETag == etag ? now : null;
        VersionIds.Write(request, made?.VersionId);
        await RespondAsync(request, etag, made?.Content.Checksum);
    }

    private static ValueTask<AppendResult> AppendAsync(
        S3Request request, Upload upload, ObjectContent content, Preconditions? conditions) =>
        request.AppendAsync(new CompleteUpload(upload.UploadId, new ObjectCreated
        {
            BucketId = upload.BucketId,
            Key = upload.Key,
            Owner = upload.Owner,
            Content = content,
            Metadata = upload.Metadata,
            UploadId = upload.UploadId,
            Tags = upload.Tags,
            Acl = upload.Acl,
            Retention = upload.Retention,
            LegalHold = upload.LegalHold,
        })
        {
            Context = request.Context,
            Preconditions = conditions,
        });

    private static Task RespondAsync(S3Request request, string etag, ObjectChecksum? checksum)
    {
        var document = new XmlDocument("CompleteMultipartUploadResult")
            .Element("Location", $"{request.Http.Request.Scheme}://{request.Http.Request.Host}{request.Target.RawPath}")
            .Element("Bucket", request.Bucket.Name)
            .Element("Key", request.Key)
            .Element("ETag", ETags.Quote(etag));
        if (checksum is not null)
        {
            document.Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value)
                .Element("ChecksumType", checksum.Type);
        }
        return request.RespondAsync(document);
    }
}
