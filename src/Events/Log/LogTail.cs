namespace CasStore.Events.Log;

/// <summary>
/// The end of the log as far as this process alone wrote it: tells which early states still hold, as long as no other
/// process appends. Remembers the streams of the newest few thousand events.
/// </summary>
internal sealed class LogTail
{
    /// <summary>Streams in each of two generations; the older is forgotten when the newer is full.</summary>
    private const int Generation = 2048;

    /// <summary>
    /// Batches in a row that must have found the head where the one before them left it. A process that is not alone
    /// would guess wrong most of the time.
    /// </summary>
    private const int Calm = 16;

    private Dictionary<string, StreamHead> _newer = new(StringComparer.Ordinal);
    private Dictionary<string, StreamHead> _older = new(StringComparer.Ordinal);
    private long _newerFrom;
    private long _from;
    private int _calm;

    /// <summary>Position of the newest event.</summary>
    public long Head { get; private set; }

    /// <summary>When it was recorded (UTC).</summary>
    public DateTime RecordedAt { get; private set; }

    /// <summary>Takes in the head that was found with the lock held.</summary>
    public void Found(long head, DateTime recordedAt)
    {
        if (head == Head)
        {
            _calm++;
            return;
        }
        (Head, RecordedAt) = (head, recordedAt);
        Forget();
    }

    /// <summary>Takes in what this process appended.</summary>
    public void Append(IReadOnlyList<RecordedEvent> events)
    {
        if (events.Count == 0)
            return;
        if (_newer.Count >= Generation)
        {
            (_older, _newer) = (_newer, _older);
            _newer.Clear();
            (_from, _newerFrom) = (_newerFrom, Head);
        }
        foreach (var recorded in events)
            _newer[recorded.Stream] = new StreamHead(recorded.Position, recorded.StreamVersion);
        (Head, RecordedAt) = (events[^1].Position, events[^1].OccurredAt.UtcDateTime);
    }

    /// <summary>Another process has appended, or may have.</summary>
    public void Forget()
    {
        _calm = 0;
        _from = _newerFrom = Head;
        _newer.Clear();
        _older.Clear();
    }

    /// <summary>
    /// Whether an early state still tells all there is to know, together with <see cref="StreamVersion"/>.
    /// </summary>
    public bool Tells(EarlyState early)
    {
        if (_calm < Calm || early.Position < _from || early.Position > Head)
            return false;
        return Newest(StreamName.Bucket(early.Bucket.Id)) is not { } change || change.Position <= early.Position;
    }

    /// <summary>Version of the newest event of the early state's stream; 0 when there is none.</summary>
    public long StreamVersion(EarlyState early) =>
        Math.Max(early.StreamVersion, Newest(early.Stream)?.Version ?? 0);

    private StreamHead? Newest(string stream) => _newer.GetValueOrDefault(stream) ?? _older.GetValueOrDefault(stream);

    /// <summary>The newest event of a stream.</summary>
    private sealed record StreamHead(long Position, long Version);
}
