using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Events.Uploads;

/// <summary>Starts a multipart upload. Rejected with BucketNotFound.</summary>
public sealed record StartUpload(UploadStarted Upload) : Command
{
    internal override void Declare(StateNeeds needs) => needs.BucketIds.Add(Upload.BucketId);

    internal override Decision Decide(WriteState state) => state.BucketExists(Upload.BucketId)
        ? Decision.Append(new StreamEvent(StreamName.Upload(Upload.UploadId), Upload) { StartsStream = true })
        : Rejection.BucketNotFound;
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
public sealed record CompleteUpload(
    string UploadId, long BucketId, string Key, string Owner, ObjectContent Content, ObjectMetadata Metadata) : Command
{
    public Preconditions? Preconditions { get; init; }

    // The manifest of 10,000 parts is about as long as the payloads of 1,000 plain objects.
    internal override int Weight => 1 + Content.Extents.Count / 10;

    internal override void Declare(StateNeeds needs)
    {
        needs.BucketIds.Add(BucketId);
        needs.Uploads.Add(UploadId);
        needs.Streams.Add(StreamName.Upload(UploadId));
        needs.Streams.Add(StreamName.Object(BucketId, Key));
        if (Preconditions is not null)
            needs.Objects.Add((BucketId, Key));
    }

    internal override Decision Decide(WriteState state)
    {
        if (!state.BucketExists(BucketId))
            return Rejection.BucketNotFound;
        if (!state.UploadIsOpen(UploadId))
            return Rejection.UploadNotFound;
        if (Preconditions?.Check(state.FindObject(BucketId, Key)) is { } refused and not Rejection.None)
            return refused;
        return Decision.Append(
            new StreamEvent(StreamName.Upload(UploadId), new UploadCompleted(UploadId, Content.ETag)),
            new StreamEvent(StreamName.Object(BucketId, Key), new ObjectCreated
            {
                BucketId = BucketId,
                Key = Key,
                Owner = Owner,
                Content = Content,
                Metadata = Metadata,
                UploadId = UploadId,
            }));
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
