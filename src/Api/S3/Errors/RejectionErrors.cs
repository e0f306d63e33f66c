using CasStore.Events.Log;

namespace CasStore.Api.S3.Errors;

/// <summary>What S3 calls the log's reasons for refusing a command.</summary>
public static class RejectionErrors
{
    public static S3Exception ToException(Rejection rejection, S3Request request)
    {
        var bucket = ("BucketName", request.Target.Bucket ?? "");
        return rejection switch
        {
            Rejection.BucketNotFound => new S3Exception(S3Errors.NoSuchBucket, null, bucket),
            Rejection.BucketAlreadyExists => new S3Exception(S3Errors.BucketAlreadyExists, null, bucket),
            Rejection.BucketAlreadyOwnedByYou => new S3Exception(S3Errors.BucketAlreadyOwnedByYou, null, bucket),
            Rejection.BucketNotEmpty => new S3Exception(S3Errors.BucketNotEmpty, null, bucket),
            Rejection.InvalidBucketState => new S3Exception(S3Errors.InvalidBucketState, null, bucket),
            Rejection.KeyNotFound => new S3Exception(S3Errors.NoSuchKey, null, ("Key", request.Key)),
            Rejection.VersionNotFound => new S3Exception(S3Errors.NoSuchVersion, null,
                ("Key", request.Key), ("VersionId", request.Query["versionId"] ?? "")),
            Rejection.IsDeleteMarker => new S3Exception(S3Errors.MethodNotAllowed, null, ("Key", request.Key))
            {
                Headers = [("x-amz-delete-marker", "true"), ("Allow", "DELETE")],
            },
            Rejection.ObjectLocked => new S3Exception(S3Errors.AccessDenied,
                "Access Denied because object protected by object lock."),
            Rejection.ObjectLockNotEnabled => new S3Exception(S3Errors.InvalidRequest,
                "Bucket is missing Object Lock Configuration"),
            Rejection.PreconditionFailed => new S3Exception(S3Errors.PreconditionFailed, null,
                ("Condition", request.Header("If-Match") is not null ? "If-Match" : "If-None-Match")),
            Rejection.UploadNotFound => new S3Exception(S3Errors.NoSuchUpload, null,
                ("UploadId", request.Query["uploadId"] ?? "")),
            _ => throw new InvalidOperationException($"No S3 operation can be rejected with {rejection}."),
        };
    }
}
