using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Operations.ObjectLock;

/// <summary>A bucket with object lock: the only place where retention and legal hold exist.</summary>
public static class LockedBucket
{
    /// <summary>Lets a request on such a bucket go on.</summary>
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void Require(S3Request request)
    {
        if (!request.Bucket.ObjectLock)
            throw new S3Exception(S3Errors.InvalidRequest, "Bucket is missing Object Lock Configuration");
    }
}
