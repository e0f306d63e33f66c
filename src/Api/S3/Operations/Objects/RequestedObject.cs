using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>The object, or the version of it, that a request names.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html</remarks>
public static class RequestedObject
{
    /// <summary>Finds it, to be read. A key whose newest version is a delete marker has no object.</summary>
    /// <exception cref="S3Exception">NoSuchKey, NoSuchVersion, or MethodNotAllowed: the version is a delete
    /// marker.</exception>
    public static Task<ObjectVersion> FindAsync(S3Request request) => FindAsync(request, marker =>
        new S3Exception(S3Errors.NoSuchKey, null, ("Key", marker.Key))
        {
            Headers = [("x-amz-delete-marker", "true"), ("x-amz-version-id", marker.VersionId)],
        });

    /// <summary>Finds it for what belongs to it, such as tags: a delete marker has none, newest or not.</summary>
    /// <exception cref="S3Exception">NoSuchKey, NoSuchVersion, or MethodNotAllowed: it is a delete marker.</exception>
    public static Task<ObjectVersion> FindOwnerAsync(S3Request request) =>
        FindAsync(request, marker => MarkerNotAllowed(request, marker));

    /// <summary>What a request on a delete marker is answered.</summary>
    public static S3Exception MarkerNotAllowed(
        S3Request request, string? versionId, IReadOnlyList<(string, string)> headers)
    {
        var all = new List<(string, string)> { ("x-amz-delete-marker", "true"), ("Allow", "DELETE") };
        if (versionId is not null)
            all.Add(("x-amz-version-id", versionId));
        all.AddRange(headers);
        return new S3Exception(S3Errors.MethodNotAllowed, null,
            ("Method", request.Http.Request.Method), ("ResourceType", "DeleteMarker"))
        {
            Headers = all,
        };
    }

    private static S3Exception MarkerNotAllowed(S3Request request, ObjectVersion marker) => MarkerNotAllowed(
        request, marker.VersionId, [("Last-Modified", ObjectHeaders.HttpDate(marker.LastModified))]);

    private static async Task<ObjectVersion> FindAsync(S3Request request, Func<ObjectVersion, Exception> newestIsMarker)
    {
        if (VersionIds.Requested(request) is { } versionId)
        {
            var version = await request.Access.FindAsync(request.Bucket, request.Key, versionId)
                ?? throw new S3Exception(S3Errors.NoSuchVersion, null,
                    ("Key", request.Key), ("VersionId", versionId));
            return version.IsDeleteMarker ? throw MarkerNotAllowed(request, version) : version;
        }
        if (await request.Access.FindAsync(request.Bucket, request.Key, versionId: null) is { } live)
            return live;
        var marker = VersionIds.AreShown(request.Bucket)
            ? await request.Store.Objects.FindMarkerAsync(request.Bucket.Id, request.Key, request.Cancel)
            : null;
        throw marker is null
            ? new S3Exception(S3Errors.NoSuchKey, null, ("Key", request.Key))
            : newestIsMarker(marker);
    }
}
