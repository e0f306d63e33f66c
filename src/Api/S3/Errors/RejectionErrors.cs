using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Events.Log;

namespace CasStore.Api.S3.Errors;

/// <summary>What S3 calls the log's reasons for refusing a command.</summary>
public static class RejectionErrors
{
    private static readonly string[] Conditions =
        ["If-Match", "If-None-Match", "x-amz-if-match-last-modified-time", "x-amz-if-match-size"];

    public static S3Exception ToException(Rejection rejection, S3Request request)
    {
        var bucket = ("BucketName", request.Target.Bucket ?? "");
        var key = ("Key", request.Target.Key ?? "");
        return rejection switch
        {
            Rejection.BucketNotFound => new S3Exception(S3Errors.NoSuchBucket, null, bucket),
            Rejection.BucketAlreadyExists => new S3Exception(S3Errors.BucketAlreadyExists, null, bucket),
            Rejection.BucketAlreadyOwnedByYou => new S3Exception(S3Errors.BucketAlreadyOwnedByYou, null, bucket),
            Rejection.BucketNotEmpty => new S3Exception(S3Errors.BucketNotEmpty,
                VersionIds.AreShown(request.Bucket)
                    ? $"{S3Errors.BucketNotEmpty.Message}. You must delete all versions in the bucket."
                    : null, bucket),
            Rejection.InvalidBucketState => new S3Exception(S3Errors.InvalidBucketState, null, bucket),
            Rejection.KeyNotFound => new S3Exception(S3Errors.NoSuchKey, null, key),
            Rejection.VersionNotFound => new S3Exception(S3Errors.NoSuchVersion, null,
                key, ("VersionId", request.Query["versionId"] ?? "")),
            Rejection.IsDeleteMarker => RequestedObject.MarkerNotAllowed(request, request.Query["versionId"], []),
            Rejection.ObjectLocked => new S3Exception(S3Errors.AccessDenied,
                "Access Denied because object protected by object lock."),
            Rejection.ObjectLockNotEnabled => new S3Exception(S3Errors.InvalidRequest,
                "Bucket is missing Object Lock Configuration"),
            Rejection.PreconditionFailed => new S3Exception(S3Errors.PreconditionFailed, null,
                ("Condition", Conditions.FirstOrDefault(name => request.Header(name) is not null) ?? "If-Match")),
            Rejection.UploadNotFound => new S3Exception(S3Errors.NoSuchUpload, null,
                ("UploadId", request.Query["uploadId"] ?? "")),
            _ => throw new InvalidOperationException($"No S3 operation can be rejected with {rejection}."),
        };
    }
}
