using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>Writes batches of records to one segment after the other, and seals those that are full.</summary>
internal sealed class SegmentAppender : IDisposable
{
    private readonly LiveSegments _segments;
    private readonly SegmentPool _pool;
    private readonly BlobStoreOptions _options;
    private readonly BlockingCalls _calls;

    // Full segments whose index could not be written: they serve from memory, and a next open would scan them.
    private readonly List<ActiveSegment> _unsealed = [];
    private ActiveSegment? _active;
    private PackBatch? _batch;

    public SegmentAppender(
        LiveSegments segments, SegmentPool pool, BlobStoreOptions options, BlockingCalls calls, ActiveSegment? active)
    {
        _segments = segments;
        _pool = pool;
        _options = options;
        _calls = calls;
        _active = active;
    }

    /// <summary>Bytes that fit into one batch.</summary>
    public int BatchCapacity => Math.Min(PackBatch.MaxSize, _options.SegmentSize - SegmentHeader.Size);

    /// <summary>
    /// Begins a batch of so many records and bytes, in the next segment when they have no room in this one.
    /// </summary>
    public PackBatch Begin(int records, int space)
    {
        if (_active is not { IsBroken: false } active
            || active.Segment.End + space > _options.SegmentSize
            || active.Segment.Ordinals + records > _options.SegmentRecords)
        {
            active = BeginSegment();
        }
        _batch ??= new PackBatch(_options.SegmentSize);
        _batch.Begin(active.Segment);
        return _batch;
    }

    /// <summary>Makes the batch durable: one write, one flush. Then its records can be found.</summary>
    public void Commit()
    {
        var segment = _active!.Segment;
        _active.Write(_batch!);
        foreach (var record in _batch!.Records)
        {
            segment.Add(record);
            _segments.Table.Add(record.Digest, segment.Slot);
        }
    }

    /// <summary>Gives back what is only reserved.</summary>
    public void GiveBack()
    {
        _pool.Trim(0);
        _active?.CutOff();
    }

    public void Dispose()
    {
        _active?.Dispose();
        _unsealed.ForEach(segment => segment.Dispose());
    }

    private ActiveSegment BeginSegment()
    {
        if (_active is not null)
            _unsealed.Add(_active);
        _active = null;
        _unsealed.RemoveAll(TrySeal);
        var slot = _segments.FreeSlot();
        var (file, incarnation) = _pool.Take(slot);
        var segment = new Segment(_segments.Layout, slot, incarnation);
        _segments.Add(segment);
        return _active = new ActiveSegment(
            segment, file, _segments.Layout.PackOf(slot), _options.SegmentSize, _calls);
    }

    private static bool TrySeal(ActiveSegment full)
    {
        try
        {
            full.Seal();
        }
        catch (IOException)
        {
            // No room for the index, say. The segment serves from memory; the next full one brings the next attempt.
            return false;
        }
        full.Dispose();
        return true;
    }
}
