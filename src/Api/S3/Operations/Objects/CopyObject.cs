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
    private const long MaxSize = 5L << 30;

    public static async Task ExecuteAsync(S3Request request)
    {
        if (request.Header("x-amz-checksum-algorithm") is not null)
            throw new S3Exception(S3Errors.NotImplemented, null, ("Header", "x-amz-checksum-algorithm"));
        await request.OpenBody().ReadAllAsync(0, request.Cancel);
        var replace = Directive(request);
        var conditions = WriteConditions.Read(request);
        var source = await CopySource.FindAsync(request);
        var found = source.Object;
        if (found.Content.Size > MaxSize)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120");
        }
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
        var result = await request.AppendAsync(new Events.Objects.PutObject(
            request.Bucket.Id, request.Key, request.Principal.UserId, Content(found.Content), metadata)
        {
            Context = request.Context,
            Preconditions = conditions,
            CopySource = source.Name,
        });
        var document = new XmlDocument("CopyObjectResult")
            .Element("LastModified", result.RecordedAt)
            .Element("ETag", ETags.Quote(found.Content.ETag));
        if (found.Content.Checksum is { } checksum)
            document.Element($"Checksum{checksum.Algorithm}", checksum.Value).Element("ChecksumType", checksum.Type);
        await request.RespondAsync(document);
    }

    /// <summary>A copy is one object, put at once: its ETag is kept, its parts are not.</summary>
    private static ObjectContent Content(ObjectContent source) => source with { Parts = null };

    private static bool Directive(S3Request request) => request.Header("x-amz-metadata-directive") switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw new S3Exception(S3Errors.InvalidArgument, "Unknown metadata directive.",
            ("ArgumentName", "x-amz-metadata-directive"), ("ArgumentValue", other)),
    };
}
