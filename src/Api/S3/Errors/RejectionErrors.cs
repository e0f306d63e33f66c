using CasStore.Events.Log;

namespace CasStore.Api.S3.Errors;

/// <summary>What S3 calls the log's reasons for refusing a command.</summary>
public static class RejectionErrors
{
    public static S3Exception ToException(Rejection rejection) => new(rejection switch
    {
        Rejection.BucketNotFound => S3Errors.NoSuchBucket,
        Rejection.BucketAlreadyExists => S3Errors.BucketAlreadyExists,
        Rejection.BucketAlreadyOwnedByYou => S3Errors.BucketAlreadyOwnedByYou,
        Rejection.BucketNotEmpty => S3Errors.BucketNotEmpty,
        Rejection.KeyNotFound => S3Errors.NoSuchKey,
        Rejection.PreconditionFailed => S3Errors.PreconditionFailed,
        Rejection.UploadNotFound => S3Errors.NoSuchUpload,
        _ => throw new InvalidOperationException($"No S3 operation can be rejected with {rejection}."),
    });
}
