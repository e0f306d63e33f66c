using CasStore.Api.S3.Routing;
using CasStore.Events.Log;

namespace CasStore.Api.S3.Errors;

/// <summary>What S3 calls the log's reasons for refusing a command.</summary>
public static class RejectionErrors
{
    /// <summary>The error, with the names that the request gave.</summary>
    public static S3Exception ToException(Rejection rejection, RequestTarget target)
    {
        var bucket = ("BucketName", target.Bucket ?? "");
        return rejection switch
        {
            Rejection.BucketNotFound => new S3Exception(S3Errors.NoSuchBucket, null, bucket),
            Rejection.BucketAlreadyExists => new S3Exception(S3Errors.BucketAlreadyExists, null, bucket),
            Rejection.BucketAlreadyOwnedByYou => new S3Exception(S3Errors.BucketAlreadyOwnedByYou, null, bucket),
            Rejection.BucketNotEmpty => new S3Exception(S3Errors.BucketNotEmpty, null, bucket),
            Rejection.KeyNotFound => new S3Exception(S3Errors.NoSuchKey, null, ("Key", target.Key ?? "")),
            Rejection.PreconditionFailed => new S3Exception(S3Errors.PreconditionFailed),
            Rejection.UploadNotFound =>
                new S3Exception(S3Errors.NoSuchUpload, null, ("UploadId", target.Query["uploadId"] ?? "")),
            _ => throw new InvalidOperationException($"No S3 operation can be rejected with {rejection}."),
        };
    }
}
