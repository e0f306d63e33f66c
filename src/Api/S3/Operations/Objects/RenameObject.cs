using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Routing;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Moves an object to another key of its bucket, at once; AWS has it for directory buckets only. Where there is
/// versioning the old key gets a delete marker. https://docs.aws.amazon.com/AmazonS3/latest/API/API_RenameObject.html
/// </summary>
public static class RenameObject
{
    private const string SourceHeader = "x-amz-rename-source";

    public static async Task ExecuteAsync(S3Request request)
    {
        await request.OpenBody().ReadAllAsync(0, request.Cancel);
        var key = Source(request);
        var conditions = WriteConditions.Read(request);
        // As if it were copied and the source deleted.
        if (!await request.AllowsAsync(S3Actions.GetObject, key)
            || !await request.AllowsAsync(S3Actions.DeleteObject, key))
        {
            throw new S3Exception(S3Errors.AccessDenied);
        }
        var source = await request.Store.Objects.FindAsync(request.Bucket.Id, key, request.Cancel)
            ?? throw new S3Exception(S3Errors.NoSuchKey, null, ("Key", key));
        ReadConditions.OfRenameSource(request).CheckSource(source.Content.ETag, source.LastModified);
        var renamed = new NewObject(
            source.Owner, source.Metadata, source.Tags, source.Acl, source.Retention, source.LegalHold);
        var result = await request.AppendAsync(new Events.Objects.RenameObject(
            renamed.With(request, source.Content), key, source.Content.ETag)
        {
            Context = request.Context,
            Preconditions = conditions,
        });
        VersionIds.WriteMade(request, result);
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    /// <summary>The key to be moved: URL-encoded, with or without the bucket before it.</summary>
    private static string Source(S3Request request)
    {
        var header = request.Header(SourceHeader) ?? throw new S3Exception(S3Errors.InvalidRequest,
            $"Missing required header for this request: {SourceHeader}");
        var name = RequestTarget.Decode(header);
        var inBucket = $"/{request.Bucket.Name}/";
        var key = name.StartsWith(inBucket, StringComparison.Ordinal) ? name[inBucket.Length..] : name;
        return key.Length > 0 && key != request.Key
            ? key
            : throw new S3Exception(S3Errors.InvalidRequest,
                "The source and the destination of a rename must be different keys.",
                ("ArgumentName", SourceHeader), ("ArgumentValue", header));
    }
}
