using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Copies an object: the copy names the same blobs, no bytes move.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
/// </summary>
public static class CopyObject
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.OpenBody().ReadAllAsync(0, request.Cancel);
        var replace = Directive(request);
        var conditions = WriteConditions.Read(request);
        var source = await CopySource.FindAsync(request);
        var found = source.Object;
        CopySource.CheckSize(found.Content.Size);
        var metadata = replace
            ? MetadataHeaders.Read(request.Http.Request)
            : found.Metadata with
            {
                StorageClass = MetadataHeaders.StorageClass(request.Headers),
                WebsiteRedirectLocation = request.Header("x-amz-website-redirect-location"),
            };
        if (!replace && found.BucketId == request.Bucket.Id && found.Key == request.Key
            && request.Header("x-amz-storage-class") is null && metadata.WebsiteRedirectLocation is null)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "This copy request is illegal because it is trying to copy an object to itself without changing the " +
                "object's metadata, storage class, website redirect location or encryption attributes.");
        }
        var content = await ContentAsync(request, found.Content);
        var result = await request.AppendAsync(new Events.Objects.PutObject(
            request.Bucket.Id, request.Key, request.Principal.UserId, content, metadata)
        {
            Context = request.Context,
            Preconditions = conditions,
            CopySource = source.Name,
        });
        var document = new XmlDocument("CopyObjectResult")
            .Element("LastModified", result.RecordedAt)
            .Element("ETag", ETags.Quote(found.Content.ETag));
        if (content.Checksum is { } checksum)
        {
            document.Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value)
                .Element("ChecksumType", checksum.Type);
        }
        await request.RespondAsync(document);
    }

    /// <summary>
    /// A copy is one object, put at once: its ETag is kept, its parts are not. A checksum that the source does not have
    /// is computed when the client asks for it.
    /// </summary>
    private static async Task<ObjectContent> ContentAsync(S3Request request, ObjectContent source)
    {
        var wanted = RequestedChecksum.Algorithm(request);
        if (wanted is null || source.Checksum is { Type: "FULL_OBJECT" } own && own.Algorithm == wanted.Value.Name())
            return source with { Parts = null };
        var (_, checksum) = await StoredBytes.HashAsync(request, source.Extents, wanted);
        return source with { Parts = null, Checksum = checksum };
    }

    private static bool Directive(S3Request request) => request.Header("x-amz-metadata-directive") switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw new S3Exception(S3Errors.InvalidArgument, "Unknown metadata directive.",
            ("ArgumentName", "x-amz-metadata-directive"), ("ArgumentValue", other)),
    };
}
