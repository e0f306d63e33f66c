using CasStore.Events.Buckets;
using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>
/// Puts an object whose blobs are sealed. Rejected with BucketNotFound, KeyNotFound (If-Match on nothing),
/// PreconditionFailed, or ObjectLockNotEnabled (a retention or legal hold where the bucket has no object lock).
/// </summary>
/// <param name="Object">What happened, if it may; its version and default retention are decided.</param>
public sealed record PutObject(ObjectCreated Object) : Command
{
    public Preconditions? Preconditions { get; init; }

    /// <summary>What was known of the bucket and the key before the bytes came, or null.</summary>
    public EarlyState? Known { get; init; }

    internal override EarlyState? Early => Preconditions is null ? Known : null;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(Object.BucketId);
        needs.Streams.Add(StreamName.Object(Object.BucketId, Object.Key));
        if (Preconditions is not null)
            needs.AddObject(Object.BucketId, Object.Key);
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(Object.BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (Preconditions?.Check(state.FindNewest(Object.BucketId, Object.Key)) is { } refused and not Rejection.None)
            return refused;
        return NewVersion.MayLock(Object, bucket)
            ? Decision.Append(NewVersion.Of(Object, bucket, state, state.Position + 1))
            : Rejection.ObjectLockNotEnabled;
    }
}

/// <summary>
/// Moves an object to another key of its bucket, at once. Rejected with BucketNotFound, KeyNotFound or
/// PreconditionFailed.
/// </summary>
/// <param name="Object">What the destination becomes.</param>
/// <param name="Source">Key to be moved.</param>
/// <param name="SourceETag">The object that <paramref name="Object"/> was made from: it must still be there.</param>
public sealed record RenameObject(ObjectCreated Object, string Source, string SourceETag) : Command
{
    public Preconditions? Preconditions { get; init; }

    internal override int Weight => 2;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(Object.BucketId);
        foreach (var key in new[] { Object.Key, Source })
        {
            needs.Streams.Add(StreamName.Object(Object.BucketId, key));
            needs.AddObject(Object.BucketId, key);
        }
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(Object.BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (state.FindNewest(Object.BucketId, Source) is not { IsDeleteMarker: false } source)
            return Rejection.KeyNotFound;
        if (source.ETag != SourceETag)
            return Rejection.PreconditionFailed;
        if (Preconditions?.Check(state.FindNewest(Object.BucketId, Object.Key)) is { } refused and not Rejection.None)
            return refused;
        return Decision.Append(
            NewVersion.Of(Object, bucket, state, state.Position + 1),
            NewVersion.Deletion(Object.BucketId, Source, Context.Actor, bucket, state.Position + 2));
    }
}

/// <summary>How writes become versions, by the bucket's versioning.</summary>
internal static class NewVersion
{
    /// <summary>Whether the bucket lets new versions come with a retention or a legal hold, if this one does.</summary>
    public static bool MayLock(ObjectCreated created, BucketSettings bucket) =>
        bucket.ObjectLock || (created.Retention is null && created.LegalHold is null);

    /// <summary>The event that makes the object, with its version id and the bucket's default retention.</summary>
    public static StreamEvent Of(ObjectCreated created, BucketSettings bucket, WriteState state, long position) =>
        new(StreamName.Object(created.BucketId, created.Key), created with
        {
            VersionId = Id(bucket, position),
            Retention = created.Retention ?? (bucket.DefaultRetention is { } retention
                ? new ObjectRetention(retention.Mode, retention.Until(state.Now))
                : null),
        });

    /// <summary>The event that makes the key's newest version go out of sight.</summary>
    public static StreamEvent Deletion(long bucketId, string key, string actor, BucketSettings bucket, long position) =>
        new(StreamName.Object(bucketId, key), Id(bucket, position) is { } marker
            ? new DeleteMarkerCreated(bucketId, key, actor, marker)
            : new ObjectDeleted(bucketId, key));

    private static string? Id(BucketSettings bucket, long position) => bucket.Versioning switch
    {
        VersioningStatus.Enabled => VersionId.Of(position),
        VersioningStatus.Suspended => VersionId.Null,
        _ => null,
    };
}
