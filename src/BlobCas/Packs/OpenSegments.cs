namespace CasStore.BlobCas.Packs;

/// <summary>
/// Gives leases on segments: while there is one, the files are open and the bytes stay as they are. Of the segments
/// that nobody reads a bounded number stays open, the least recently read closed first.
/// </summary>
internal sealed class OpenSegments : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<SegmentFiles> _idle = new();
    private int _limit;

    public OpenSegments(int limit) => _limit = limit;

    /// <summary>Takes a lease; false when the segment was freed.</summary>
    public bool TryLease(SegmentFiles files)
    {
        lock (_gate)
        {
            if (files.WhenUnused is not null)
                return false;
            files.Open();
            files.Leases++;
            if (files.Idle is { } idle)
                _idle.Remove(idle);
            files.Idle = null;
            return true;
        }
    }

    public void Release(SegmentFiles files)
    {
        Action? whenUnused;
        lock (_gate)
        {
            if (--files.Leases > 0)
                return;
            whenUnused = files.WhenUnused;
            var closed = whenUnused is not null ? files : Shelve(files);
            closed?.Close();
        }
        whenUnused?.Invoke();
    }

    /// <summary>Gives no more leases on a segment, and calls back when the last one is gone.</summary>
    public void Free(SegmentFiles files, Action whenUnused)
    {
        lock (_gate)
        {
            files.WhenUnused = whenUnused;
            if (files.Leases > 0)
                return;
            if (files.Idle is { } idle)
                _idle.Remove(idle);
            files.Close();
        }
        whenUnused();
    }

    /// <summary>Closes what nobody reads. What somebody still reads closes when it is released.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _limit = 0;
            for (; _idle.First is { } first; _idle.RemoveFirst())
                first.Value.Close();
        }
    }

    private SegmentFiles? Shelve(SegmentFiles files)
    {
        files.Idle = _idle.AddLast(files);
        if (_idle.Count <= _limit)
            return null;
        var oldest = _idle.First!.Value;
        _idle.RemoveFirst();
        oldest.Idle = null;
        return oldest;
    }
}
