using CasStore.Events.Log;

namespace CasStore.Events.Buckets;

/// <summary>
/// Sets a configuration of a bucket, or removes it when the document is null. Rejected with BucketNotFound.
/// </summary>
public sealed record ConfigureBucket(long BucketId, string Name, string? Document) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Streams.Add(StreamName.Bucket(BucketId));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (Document is not null)
            return Append(new BucketConfigurationSet(BucketId, Name, Document));
        return bucket.Configurations.Contains(Name)
            ? Append(new BucketConfigurationRemoved(BucketId, Name))
            : Decision.Nothing;
    }

    private Decision Append(IEvent @event) => Decision.Append(new StreamEvent(StreamName.Bucket(BucketId), @event));
}

/// <summary>
/// Enables or suspends versioning. Rejected with BucketNotFound, or InvalidBucketState: object lock needs it enabled.
/// </summary>
public sealed record SetBucketVersioning(long BucketId, VersioningStatus Status) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Streams.Add(StreamName.Bucket(BucketId));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (bucket.ObjectLock && Status != VersioningStatus.Enabled)
            return Rejection.InvalidBucketState;
        return bucket.Versioning == Status
            ? Decision.Nothing
            : Decision.Append(new StreamEvent(
                StreamName.Bucket(BucketId), new BucketVersioningSet(BucketId, Status)));
    }
}

/// <summary>
/// Enables object lock with a default retention, or none. Rejected with BucketNotFound, or InvalidBucketState: the
/// bucket is not versioned.
/// </summary>
public sealed record SetBucketObjectLock(long BucketId, DefaultRetention? Default) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Streams.Add(StreamName.Bucket(BucketId));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (bucket.Versioning != VersioningStatus.Enabled)
            return Rejection.InvalidBucketState;
        return Decision.Append(new StreamEvent(
            StreamName.Bucket(BucketId), new BucketObjectLockSet(BucketId, Default)));
    }
}
