using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Events.Uploads;

/// <summary>
/// Starts a multipart upload. Rejected with BucketNotFound, or ObjectLockNotEnabled (a retention or legal hold where
/// the bucket has no object lock).
/// </summary>
public sealed record StartUpload(UploadStarted Upload) : Command
{
    internal override void Declare(StateNeeds needs) => needs.BucketIds.Add(Upload.BucketId);

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(Upload.BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (!bucket.ObjectLock && (Upload.Retention is not null || Upload.LegalHold is not null))
            return Rejection.ObjectLockNotEnabled;
        return Decision.Append(new StreamEvent(StreamName.Upload(Upload.UploadId), Upload) { StartsStream = true });
    }
}

/// <summary>Records a part whose blobs are sealed. Rejected with UploadNotFound.</summary>
public sealed record UploadPart(string UploadId, int PartNumber, PartContent Content) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.Uploads.Add(UploadId);
        needs.Streams.Add(StreamName.Upload(UploadId));
    }

    internal override Decision Decide(WriteState state) => state.UploadIsOpen(UploadId)
        ? Decision.Append(new StreamEvent(StreamName.Upload(UploadId), new PartUploaded(UploadId, PartNumber, Content)))
        : Rejection.UploadNotFound;
}

/// <summary>
/// Ends an upload in an object. The caller has matched the parts and put the content together; no bytes move.
/// Rejected with UploadNotFound, BucketNotFound, KeyNotFound or PreconditionFailed.
/// </summary>
/// <param name="UploadId">The upload.</param>
/// <param name="Object">What happens, if it may; its version and default retention are decided.</param>
public sealed record CompleteUpload(string UploadId, ObjectCreated Object) : Command
{
    public Preconditions? Preconditions { get; init; }

    // The manifest of 10,000 parts is about as long as the payloads of 1,000 plain objects.
    internal override int Weight => 1 + Object.Content.Extents.Count / 10;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(Object.BucketId);
        needs.Uploads.Add(UploadId);
        needs.Streams.Add(StreamName.Upload(UploadId));
        needs.Streams.Add(StreamName.Object(Object.BucketId, Object.Key));
        if (Preconditions is not null)
            needs.AddObject(Object.BucketId, Object.Key);
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindBucketSettings(Object.BucketId) is not { } bucket)
            return Rejection.BucketNotFound;
        if (!state.UploadIsOpen(UploadId))
            return Rejection.UploadNotFound;
        if (Preconditions?.Check(state.FindNewest(Object.BucketId, Object.Key)) is { } refused and not Rejection.None)
            return refused;
        return Decision.Append(
            new StreamEvent(StreamName.Upload(UploadId), new UploadCompleted(UploadId, Object.Content.ETag)),
            NewVersion.Of(Object, bucket, state, state.Position + 2));
    }
}

/// <summary>Gives an upload up. Rejected with UploadNotFound.</summary>
public sealed record AbortUpload(string UploadId) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.Uploads.Add(UploadId);
        needs.Streams.Add(StreamName.Upload(UploadId));
    }

    internal override Decision Decide(WriteState state) => state.UploadIsOpen(UploadId)
        ? Decision.Append(new StreamEvent(StreamName.Upload(UploadId), new UploadAborted(UploadId)))
        : Rejection.UploadNotFound;
}
