using CasStore.Events.Buckets;
using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>What to delete.</summary>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version to delete for good, or null to delete the object.</param>
/// <param name="Conditions">What must hold of it, or null.</param>
public sealed record ObjectDeletion(string Key, string? VersionId = null, DeleteConditions? Conditions = null)
{
    /// <summary>Whether a retention in governance mode does not count; who may ask is the Api's matter.</summary>
    public bool BypassGovernance { get; init; }
}

/// <summary>
/// Deletes objects and versions. What does not exist is passed over, as S3 does. Each deletion has an outcome of its
/// own: KeyNotFound (If-Match on nothing), PreconditionFailed or ObjectLocked, if it is refused. Rejected as a whole
/// with BucketNotFound.
/// </summary>
public sealed record DeleteObjects(long BucketId, IReadOnlyList<ObjectDeletion> Deletions) : Command
{
    internal override int Weight => Deletions.Count;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        foreach (var deletion in Deletions)
        {
            needs.Streams.Add(StreamName.Object(BucketId, deletion.Key));
            if (deletion.VersionId is { } version)
                needs.AddRemoval(BucketId, deletion.Key, version);
            else
                needs.AddObject(BucketId, deletion.Key);
        }
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        var events = new List<StreamEvent>(Deletions.Count);
        var outcomes = new Rejection[Deletions.Count];
        var done = new HashSet<(string, string?)>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            // What an earlier deletion of the command took is gone already.
            if (done.Contains((Deletions[i].Key, Deletions[i].VersionId)))
                continue;
            var (outcome, @event) = Decide(Deletions[i], bucket, state, state.Position + 1 + events.Count);
            outcomes[i] = outcome;
            if (@event is null)
                continue;
            events.Add(@event);
            done.Add((Deletions[i].Key, Deletions[i].VersionId));
        }
        return new Decision(events, Rejection.None) { Outcomes = outcomes };
    }

    private (Rejection, StreamEvent?) Decide(
        ObjectDeletion deletion, BucketSettings bucket, WriteState state, long position)
    {
        var target = deletion.VersionId is { } version
            ? state.FindVersion(BucketId, deletion.Key, version)
            : state.FindNewest(BucketId, deletion.Key);
        if (deletion.Conditions?.Check(target) is { } refused and not Rejection.None)
            return (refused, null);
        if (deletion.VersionId is null)
        {
            return target is null && bucket.Versioning == VersioningStatus.Off
                ? (Rejection.None, null)
                : (Rejection.None, NewVersion.Deletion(BucketId, deletion.Key, Context.Actor, bucket, position));
        }
        if (target is null)
            return (Rejection.None, null);
        if (target.IsLocked(state.Now, deletion.BypassGovernance))
            return (Rejection.ObjectLocked, null);
        return (Rejection.None, new StreamEvent(StreamName.Object(BucketId, deletion.Key), new ObjectVersionDeleted(
            BucketId, deletion.Key, deletion.VersionId, target.IsDeleteMarker ? true : null)));
    }
}
