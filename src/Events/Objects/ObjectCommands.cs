using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>
/// What must hold of the current object for a write to happen (RFC 9110 §13). ETags are unquoted; <c>*</c> stands for
/// any object.
/// </summary>
public sealed record Preconditions(string? IfMatch = null, string? IfNoneMatch = null)
{
    /// <summary>None when the write may happen.</summary>
    internal Rejection Check(ObjectState? current)
    {
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
/// Puts an object whose blobs are sealed. Rejected with BucketNotFound, KeyNotFound (If-Match on nothing) or
/// PreconditionFailed.
/// </summary>
public sealed record PutObject(long BucketId, string Key, string Owner, ObjectContent Content, ObjectMetadata Metadata)
    : Command
{
    public Preconditions? Preconditions { get; init; }
    public string? CopySource { get; init; }

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Streams.Add(StreamName.Object(BucketId, Key));
        if (Preconditions is not null)
            needs.Objects.Add((BucketId, Key));
    }

    internal override Decision Decide(WriteState state)
    {
        if (!state.BucketExists(BucketId))
            return Rejection.BucketNotFound;
        if (Preconditions?.Check(state.FindObject(BucketId, Key)) is { } refused and not Rejection.None)
            return refused;
        return Decision.Append(new StreamEvent(StreamName.Object(BucketId, Key), new ObjectCreated
        {
            BucketId = BucketId,
            Key = Key,
            Owner = Owner,
            Content = Content,
            Metadata = Metadata,
            CopySource = CopySource,
        }));
    }
}

/// <summary>
/// Deletes objects. Keys that do not exist are passed over, as S3 does: the result's events tell which were deleted.
/// Rejected with BucketNotFound.
/// </summary>
public sealed record DeleteObjects(long BucketId, IReadOnlyList<string> Keys) : Command
{
    internal override int Weight => Keys.Count;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        foreach (var key in Keys)
        {
            needs.Objects.Add((BucketId, key));
            needs.Streams.Add(StreamName.Object(BucketId, key));
        }
    }

    internal override Decision Decide(WriteState state)
    {
        if (!state.BucketExists(BucketId))
            return Rejection.BucketNotFound;
        var events = new List<StreamEvent>(Keys.Count);
        foreach (var key in Keys.Distinct(StringComparer.Ordinal))
        {
            if (state.FindObject(BucketId, key) is not null)
                events.Add(new StreamEvent(StreamName.Object(BucketId, key), new ObjectDeleted(BucketId, key)));
        }
        return new Decision(events, Rejection.None);
    }
}
