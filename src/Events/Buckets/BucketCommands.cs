using CasStore.Events.Log;

namespace CasStore.Events.Buckets;

/// <summary>Makes a bucket. Rejected with BucketAlreadyOwnedByYou or BucketAlreadyExists.</summary>
public sealed record CreateBucket(string Name, string Owner, string Region) : Command
{
    /// <summary>Makes it versioned, with object lock.</summary>
    public bool ObjectLock { get; init; }

    /// <summary>Configurations that it has from the start: name and document.</summary>
    public IReadOnlyList<(string Name, string Document)> Configurations { get; init; } = [];

    internal override void Declare(StateNeeds needs) => needs.BucketNames.Add(Name);

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucket(Name) is { } existing)
        {
            return existing.Owner == Owner ? Rejection.BucketAlreadyOwnedByYou : Rejection.BucketAlreadyExists;
        }
        var id = state.Position + 1;
        var stream = StreamName.Bucket(id);
        var events = new List<StreamEvent>
        {
            new(stream, new BucketCreated(id, Name, Owner, Region)) { StartsStream = true },
        };
        if (ObjectLock)
        {
            events.Add(new StreamEvent(stream, new BucketVersioningSet(id, VersioningStatus.Enabled)));
            events.Add(new StreamEvent(stream, new BucketObjectLockSet(id, Default: null)));
        }
        foreach (var (name, document) in Configurations)
            events.Add(new StreamEvent(stream, new BucketConfigurationSet(id, name, document)));
        return new Decision(events, Rejection.None);
    }
}

/// <summary>Deletes a bucket. Rejected with BucketNotFound or BucketNotEmpty.</summary>
public sealed record DeleteBucket(long BucketId, string Name) : Command
{
    internal override bool StartsBatch => true;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketNames.Add(Name);
        needs.Streams.Add(StreamName.Bucket(BucketId));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucket(Name) is not { } bucket || bucket.Id != BucketId)
            return Rejection.BucketNotFound;
        if (!bucket.IsEmpty)
            return Rejection.BucketNotEmpty;
        return Decision.Append(new StreamEvent(StreamName.Bucket(BucketId), new BucketDeleted(BucketId, Name)));
    }
}
