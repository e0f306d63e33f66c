using CasStore.Events.Buckets;
using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>
/// Changes something of an existing version that is not its content. Rejected with BucketNotFound, KeyNotFound,
/// VersionNotFound, or IsDeleteMarker.
/// </summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version, or null for the newest.</param>
public abstract record ChangeVersion(long BucketId, string Key, string? VersionId) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Streams.Add(StreamName.Object(BucketId, Key));
        if (VersionId is null)
            needs.AddObject(BucketId, Key);
        else
            needs.AddVersion(BucketId, Key, VersionId);
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        var found = VersionId is null
            ? state.FindNewest(BucketId, Key)
            : state.FindVersion(BucketId, Key, VersionId);
        if (found is null)
            return VersionId is null ? Rejection.KeyNotFound : Rejection.VersionNotFound;
        if (found.IsDeleteMarker)
            return Rejection.IsDeleteMarker;
        var refused = Check(found, bucket, state.Now);
        return refused == Rejection.None
            ? Decision.Append(new StreamEvent(StreamName.Object(BucketId, Key), Change(found.VersionId)))
            : refused;
    }

    private protected virtual Rejection Check(ObjectState found, BucketSettings bucket, DateTimeOffset now) =>
        Rejection.None;

    private protected abstract IEvent Change(string versionId);
}

/// <summary>Replaces the tags of a version; an empty list removes them.</summary>
public sealed record TagObject(long BucketId, string Key, string? VersionId, IReadOnlyList<ObjectTag> Tags)
    : ChangeVersion(BucketId, Key, VersionId)
{
    private protected override IEvent Change(string versionId) => new ObjectTagged(BucketId, Key, versionId, Tags);
}

/// <summary>Replaces the access control list of a version.</summary>
public sealed record SetObjectAcl(long BucketId, string Key, string? VersionId, string Acl)
    : ChangeVersion(BucketId, Key, VersionId)
{
    private protected override IEvent Change(string versionId) => new ObjectAclSet(BucketId, Key, versionId, Acl);
}

/// <summary>
/// Sets or ends the retention of a version. Also rejected with ObjectLockNotEnabled, and with ObjectLocked: a retention
/// in force may be extended by all, changed otherwise in governance mode only, by who may bypass it.
/// </summary>
public sealed record SetObjectRetention(
    long BucketId, string Key, string? VersionId, ObjectRetention? Retention, bool BypassGovernance)
    : ChangeVersion(BucketId, Key, VersionId)
{
    private protected override Rejection Check(ObjectState found, BucketSettings bucket, DateTimeOffset now)
    {
        if (!bucket.ObjectLock)
            return Rejection.ObjectLockNotEnabled;
        if (found.Retention is not { } inForce || inForce.Until <= now)
            return Rejection.None;
        if (Retention is not null && Retention.Mode == inForce.Mode && Retention.Until >= inForce.Until)
            return Rejection.None;
        return inForce.Mode == RetentionMode.Governance && BypassGovernance
            ? Rejection.None
            : Rejection.ObjectLocked;
    }

    private protected override IEvent Change(string versionId) =>
        new ObjectRetentionSet(BucketId, Key, versionId, Retention);
}

/// <summary>Puts a version under legal hold, or releases it. Also rejected with ObjectLockNotEnabled.</summary>
public sealed record SetObjectLegalHold(long BucketId, string Key, string? VersionId, bool On)
    : ChangeVersion(BucketId, Key, VersionId)
{
    private protected override Rejection Check(ObjectState found, BucketSettings bucket, DateTimeOffset now) =>
        bucket.ObjectLock ? Rejection.None : Rejection.ObjectLockNotEnabled;

    private protected override IEvent Change(string versionId) =>
        new ObjectLegalHoldSet(BucketId, Key, versionId, On);
}
