using CasStore.Api.S3.Access;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;
using CasStore.Projections.Objects;

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
        var given = await NewObject.ReadAsync(request);
        var replacesMetadata = Replaces(request, "x-amz-metadata-directive", "Unknown metadata directive.");
        var replacesTags = Replaces(request, "x-amz-tagging-directive", "Unknown tagging directive.");
        var conditions = WriteConditions.Read(request);
        var source = await CopySource.FindAsync(request);
        CopySource.CheckSize(source.Object.Content.Size);
        if (!replacesTags && source.Object.Tags.Count > 0
            && !await request.AllowsAsync(S3Actions.PutObjectTagging, request.Key))
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }
        var copy = given with
        {
            Metadata = replacesMetadata ? given.Metadata : Keep(source.Object.Metadata, given.Metadata),
            Tags = replacesTags ? given.Tags : source.Object.Tags,
        };
        if (!replacesMetadata && !source.NamesVersion)
            RefuseSelfCopy(request, source.Object, copy.Metadata);
        var content = await ContentAsync(request, source.Object.Content);
        var result = await request.AppendAsync(new Events.Objects.PutObject(
            copy.With(request, content) with { CopySource = source.Name })
        {
            Context = request.Context,
            Preconditions = conditions,
        });
        source.WriteVersion(request.Response.Headers);
        VersionIds.WriteMade(request, result);
        var document = new XmlDocument("CopyObjectResult")
            .Element("LastModified", result.RecordedAt)
            .Element("ETag", ETags.Quote(content.ETag));
        if (content.Checksum is { } checksum)
        {
            document.Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value)
                .Element("ChecksumType", checksum.Type);
        }
        await request.RespondAsync(document);
    }

    /// <summary>A copy has its source's metadata, but what says how it is stored and served is the request's.</summary>
    private static ObjectMetadata Keep(ObjectMetadata source, ObjectMetadata given) => source with
    {
        StorageClass = given.StorageClass,
        WebsiteRedirectLocation = given.WebsiteRedirectLocation,
    };

    private static void RefuseSelfCopy(S3Request request, ObjectVersion source, ObjectMetadata metadata)
    {
        if (source.BucketId == request.Bucket.Id && source.Key == request.Key
            && request.Header("x-amz-storage-class") is null && metadata.WebsiteRedirectLocation is null)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "This copy request is illegal because it is trying to copy an object to itself without changing the " +
                "object's metadata, storage class, website redirect location or encryption attributes.");
        }
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

    private static bool Replaces(S3Request request, string header, string unknown) => request.Header(header) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw new S3Exception(S3Errors.InvalidArgument, unknown,
            ("ArgumentName", header), ("ArgumentValue", other)),
    };
}
