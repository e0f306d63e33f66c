using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Uploads;

namespace CasStore.Projections.Uploads;

/// <summary>What a run of events does to uploads.</summary>
internal sealed class UploadFold
{
    /// <summary>How an upload ended.</summary>
    public sealed record End(long Position, string? CompletedETag);

    /// <summary>A part, when and where it was recorded.</summary>
    public sealed record Part(PartUploaded Event, DateTimeOffset At, long Position);

    public List<(UploadStarted Event, DateTimeOffset At, long Position)> Started { get; } = [];

    /// <summary>The newest part of each number, of the uploads that are still open after the run.</summary>
    public Dictionary<(string UploadId, int Number), Part> Parts { get; } = [];

    /// <summary>Parts of the run that were replaced or whose upload ended within it.</summary>
    public List<Part> GoneParts { get; } = [];

    public Dictionary<string, End> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>Deleted buckets: their open uploads end, at the position.</summary>
    public Dictionary<long, long> EndedBuckets { get; } = [];

    public bool IsEmpty => Started.Count == 0 && Parts.Count == 0 && Ended.Count == 0 && EndedBuckets.Count == 0;

    /// <summary>Folds events in order.</summary>
    public static UploadFold Of(IReadOnlyList<RecordedEvent> events)
    {
        var fold = new UploadFold();
        foreach (var recorded in events)
        {
            switch (recorded.Event)
            {
                case UploadStarted started:
                    fold.Started.Add((started, recorded.OccurredAt, recorded.Position));
                    break;
                case PartUploaded part:
                    fold.RemovePart((part.UploadId, part.PartNumber));
                    fold.Parts[(part.UploadId, part.PartNumber)] =
                        new Part(part, recorded.OccurredAt, recorded.Position);
                    break;
                case UploadCompleted completed:
                    fold.Close(completed.UploadId, recorded.Position, completed.ETag);
                    break;
                case UploadAborted aborted:
                    fold.Close(aborted.UploadId, recorded.Position, completedETag: null);
                    break;
                case BucketDeleted deleted:
                    fold.EndedBuckets[deleted.BucketId] = recorded.Position;
                    break;
            }
        }
        return fold;
    }

    private void Close(string uploadId, long position, string? completedETag)
    {
        Ended[uploadId] = new End(position, completedETag);
        foreach (var number in Parts.Keys.Where(key => key.UploadId == uploadId).Select(key => key.Number).ToList())
            RemovePart((uploadId, number));
    }

    private void RemovePart((string, int) part)
    {
        if (Parts.Remove(part, out var gone))
            GoneParts.Add(gone);
    }
}
