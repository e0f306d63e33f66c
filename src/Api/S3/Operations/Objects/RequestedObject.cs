using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>The object, or the version of it, that a request names.</summary>
public static class RequestedObject
{
    /// <summary>Finds it.</summary>
    /// <exception cref="S3Exception">NoSuchKey, NoSuchVersion, or MethodNotAllowed: the version is a delete
    /// marker.</exception>
    public static async Task<ObjectVersion> FindAsync(S3Request request)
    {
        if (VersionIds.Requested(request) is { } versionId)
        {
            var version = await request.Access.FindAsync(request.Bucket, request.Key, versionId)
                ?? throw new S3Exception(S3Errors.NoSuchVersion, null,
                    ("Key", request.Key), ("VersionId", versionId));
            return version.IsDeleteMarker ? throw IsMarker(S3Errors.MethodNotAllowed, version) : version;
        }
        if (await request.Access.FindAsync(request.Bucket, request.Key, versionId: null) is { } live)
            return live;
        var marker = VersionIds.AreShown(request.Bucket)
            ? await request.Store.Objects.FindMarkerAsync(request.Bucket.Id, request.Key, request.Cancel)
            : null;
        throw marker is null
            ? new S3Exception(S3Errors.NoSuchKey, null, ("Key", request.Key))
            : IsMarker(S3Errors.NoSuchKey, marker);
    }

    /// <summary>The answer for a delete marker tells that it is one.</summary>
    private static S3Exception IsMarker(S3Error error, ObjectVersion marker)
    {
        var headers = new List<(string, string)>
        {
            ("x-amz-delete-marker", "true"), ("x-amz-version-id", marker.VersionId),
        };
        if (error == S3Errors.MethodNotAllowed)
        {
            headers.Add(("Allow", "DELETE"));
            headers.Add(("Last-Modified", ObjectHeaders.HttpDate(marker.LastModified)));
        }
        return new S3Exception(error, null, ("Key", marker.Key)) { Headers = headers };
    }
}
