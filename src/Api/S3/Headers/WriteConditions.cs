using CasStore.Api.S3.Errors;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>The conditions of a write: If-Match with an ETag, If-None-Match with <c>*</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html</remarks>
public static class WriteConditions
{
    /// <summary>The conditions, or null when there are none.</summary>
    /// <exception cref="S3Exception">NotImplemented: S3 has no such condition on writes.</exception>
    public static Preconditions? Read(S3Request request)
    {
        var ifMatch = request.Header("If-Match");
        var ifNoneMatch = request.Header("If-None-Match");
        if (request.Header("If-Modified-Since") is not null || request.Header("If-Unmodified-Since") is not null)
            throw new S3Exception(S3Errors.NotImplemented, null, ("Header", "If-Modified-Since"));
        if (ifMatch is null && ifNoneMatch is null)
            return null;
        return new Preconditions(
            ifMatch is null ? null : ETags.Unquote(ifMatch),
            ifNoneMatch is null ? null : ETags.Unquote(ifNoneMatch));
    }
}
