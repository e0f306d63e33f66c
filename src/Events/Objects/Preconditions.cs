using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>
/// What must hold of the current object for a write to happen (RFC 9110 §13). ETags are unquoted; <c>*</c> stands for
/// any object.
/// </summary>
public sealed record Preconditions(string? IfMatch = null, string? IfNoneMatch = null)
{
    /// <summary>None when the write may happen.</summary>
    /// <param name="newest">The newest version of the key; a delete marker counts as no object.</param>
    internal Rejection Check(ObjectState? newest)
    {
        var current = newest is { IsDeleteMarker: false } ? newest : null;
        if (IfMatch is not null)
        {
            if (current is null)
                return Rejection.KeyNotFound;
            if (IfMatch != "*" && IfMatch != current.ETag)
                return Rejection.PreconditionFailed;
        }
        if (IfNoneMatch is not null && current is not null && (IfNoneMatch == "*" || IfNoneMatch == current.ETag))
            return Rejection.PreconditionFailed;
        return Rejection.None;
    }
}

/// <summary>
/// What must hold of a version for its deletion to happen. One that is gone already stays gone, whatever its size and
/// time should be; but an ETag is not found where there is no object.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html</remarks>
/// <param name="IfMatch">ETag, unquoted; <c>*</c> for any object.</param>
/// <param name="LastModified">Last modification, to the second (UTC).</param>
/// <param name="Size">Size in bytes.</param>
public sealed record DeleteConditions(string? IfMatch, DateTimeOffset? LastModified, long? Size)
{
    /// <summary>None when the deletion may happen.</summary>
    internal Rejection Check(ObjectState? target)
    {
        if (target is not { IsDeleteMarker: false })
            return IfMatch is null ? Rejection.None : Rejection.KeyNotFound;
        return (IfMatch is null or "*" || IfMatch == target.ETag)
            && (LastModified is null || Seconds(LastModified.Value) == Seconds(target.LastModified))
            && (Size is null || Size == target.Size)
            ? Rejection.None
            : Rejection.PreconditionFailed;
    }

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
