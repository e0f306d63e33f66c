using CasStore.Events.Log;

namespace CasStore.Events.Buckets;

/// <summary>Makes a bucket. Rejected with BucketAlreadyOwnedByYou or BucketAlreadyExists.</summary>
public sealed record CreateBucket(string Name, string Owner, string Region) : Command
{
    internal override void Declare(StateNeeds needs) => needs.BucketName(Name);

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucket(Name) is { } existing)
        {
            return existing.Owner == Owner ? Rejection.BucketAlreadyOwnedByYou : Rejection.BucketAlreadyExists;
        }
        var id = state.Position + 1;
        return Decision.Append(new StreamEvent(StreamName.Bucket(id), new BucketCreated(id, Name, Owner, Region)));
    }
}

/// <summary>Deletes a bucket. Rejected with BucketNotFound or BucketNotEmpty.</summary>
public sealed record DeleteBucket(string Name) : Command
{
    internal override void Declare(StateNeeds needs) => needs.BucketIsEmpty(Name);

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucket(Name) is not { } bucket)
            return Rejection.BucketNotFound;
        if (bucket.LiveObjects > 0)
            return Rejection.BucketNotEmpty;
        return Decision.Append(new StreamEvent(StreamName.Bucket(bucket.Id), new BucketDeleted(bucket.Id, Name)));
    }
}
