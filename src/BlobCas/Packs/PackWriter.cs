using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>All that changes packs. Called by the <see cref="PackQueue"/> only, one call at a time: no change races.</summary>
internal sealed class PackWriter : IDisposable
{
    private readonly BlobLayout _blobs;
    private readonly LiveSegments _segments;
    private readonly SegmentPool _pool;
    private readonly BlobStoreOptions _options;
    private readonly HashSet<BlobDigest> _inBatch = [];
    private readonly List<PackAppend> _known = [];

    // Full segments whose index could not be written: they serve from memory, and a next open would scan them.
    private readonly List<ActiveSegment> _unsealed = [];
    private ActiveSegment? _active;
    private PackBatch? _batch;

    public PackWriter(
        BlobLayout blobs, LiveSegments segments, SegmentPool pool, BlobStoreOptions options, ActiveSegment? active)
    {
        _blobs = blobs;
        _segments = segments;
        _pool = pool;
        _options = options;
        _active = active;
    }

    /// <summary>Bytes that fit into one batch.</summary>
    public int BatchCapacity => Math.Min(PackBatch.MaxSize, _options.SegmentSize - SegmentHeader.Size);

    /// <summary>Makes a batch of blobs durable: one write, one flush.</summary>
    public void Append(IReadOnlyList<PackAppend> appends)
    {
        try
        {
            _inBatch.Clear();
            _known.Clear();
            var active = Active(appends.Count, appends.Sum(append => append.Space));
            var batch = Begin(active);
            foreach (var append in appends)
            {
                if (!_inBatch.Add(append.Digest) || IsStored(append.Digest))
                    _known.Add(append);
                else
                    append.CopyTo(batch.Add(append.Digest, append.Length));
            }
            foreach (var append in _known)
                append.CopyTo(batch.AddKnown(append.Digest, append.Length));
            Write(active, batch);
        }
        catch (Exception e)
        {
            foreach (var append in appends)
                append.SetException(e);
            return;
        }
        foreach (var append in appends)
            append.SetResult();
    }

    /// <summary>Removes blobs, in packs and in files, durably; returns how many were there.</summary>
    public int Delete(IReadOnlyCollection<BlobDigest> digests)
    {
        var found = new HashSet<BlobDigest>();
        var packed = digests
            .SelectMany(digest => _segments.Table.Find(digest).Select(slot => (digest, slot)))
            .GroupBy(pair => pair.slot, pair => pair.digest);
        foreach (var group in packed.ToList())
            found.UnionWith(_segments.Under(group.Key, segment => Bury(segment, group)) ?? []);
        foreach (var digest in digests)
        {
            if (!Posix.Remove(_blobs.PathOf(digest)))
                continue;
            Posix.FlushDirectory(_blobs.ShardDirectory(BlobLayout.ShardOf(digest)));
            found.Add(digest);
        }
        return found.Count;
    }

    /// <summary>
    /// Copies records of a segment that is to be freed, those that are alive still and nowhere else, durably.
    /// </summary>
    /// <exception cref="InvalidDataException">A record is damaged: its segment must stay.</exception>
    public long Move(Segment from, IReadOnlyList<BlobDigest> digests)
    {
        var alive = new List<PackedBlob>();
        try
        {
            foreach (var digest in digests)
            {
                if (_segments.FindIn(from.Slot, digest) is not { } blob)
                {
                    if (_segments.Under(from.Slot, segment => segment.TryFind(digest, out _)))
                        throw Damaged(digest);
                }
                else if (HasIntactCopy(digest, from))
                {
                    blob.Dispose();
                }
                else
                {
                    alive.Add(blob);
                }
            }
            if (alive.Count == 0)
                return 0;
            var active = Active(alive.Count, alive.Sum(blob => blob.Header.Space));
            var batch = Begin(active);
            foreach (var blob in alive)
            {
                if (!blob.TryRead(batch.Add(blob.Header.Digest, blob.Header.Length)))
                    throw Damaged(blob.Header.Digest);
            }
            Write(active, batch);
            _segments.Moved();
            return batch.Kept;
        }
        finally
        {
            alive.ForEach(blob => blob.Dispose());
        }
    }

    /// <summary>Frees a segment whose live records were all moved; its file goes to the pool once nobody reads it.</summary>
    public void Free(Segment segment, OpenSegments open)
    {
        var layout = _segments.Layout;
        var path = _pool.NewPath();
        // From the rename on no open finds the segment; before it, one finds every blob of it twice.
        _segments.Remove(segment);
        open.Free(segment.Files, () => _pool.Add(path));
        File.Move(layout.PackOf(segment.Slot), path);
        Posix.FlushDirectory(layout.Free);
        Posix.FlushDirectory(layout.Root);
        Posix.Remove(layout.IndexOf(segment.Slot));
        Posix.Remove(layout.DeadOf(segment.Slot));
        Posix.FlushDirectory(layout.Root);
    }

    public void Dispose()
    {
        _active?.Dispose();
        _unsealed.ForEach(segment => segment.Dispose());
    }

    private static InvalidDataException Damaged(BlobDigest digest) => new($"The record of blob {digest} is damaged.");

    private PackBatch Begin(ActiveSegment active)
    {
        _batch ??= new PackBatch(_options.SegmentSize);
        _batch.Begin(active.Segment);
        return _batch;
    }

    private void Write(ActiveSegment active, PackBatch batch)
    {
        active.Write(batch);
        foreach (var record in batch.Records)
        {
            active.Segment.Add(record);
            _segments.Table.Add(record.Digest, active.Segment.Slot);
        }
    }

    /// <summary>The segment to write to: the next one when the batch has no room in this one.</summary>
    private ActiveSegment Active(int records, int space)
    {
        if (_active is { IsBroken: false } active
            && active.Segment.End + space <= _options.SegmentSize
            && active.Segment.Ordinals + records <= _options.SegmentRecords)
        {
            return active;
        }
        if (_active is not null)
            _unsealed.Add(_active);
        _active = null;
        _unsealed.RemoveAll(TrySeal);
        var slot = _segments.FreeSlot();
        var (file, incarnation) = _pool.Take(slot);
        var segment = new Segment(_segments.Layout, slot, incarnation);
        _segments.Add(segment);
        return _active = new ActiveSegment(segment, file, _segments.Layout.PackOf(slot), _options.SegmentSize);
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

    private bool IsStored(BlobDigest digest)
    {
        using var packed = _segments.Find(digest);
        if (packed is not null)
            return true;
        if (!File.Exists(_blobs.PathOf(digest)))
            return false;
        // Whoever moved it there may not have come to this flush.
        Posix.FlushDirectory(_blobs.ShardDirectory(BlobLayout.ShardOf(digest)));
        return true;
    }

    private bool HasIntactCopy(BlobDigest digest, Segment except)
    {
        foreach (var slot in _segments.Table.Find(digest).Where(slot => slot != except.Slot))
        {
            using var copy = _segments.FindIn(slot, digest);
            if (copy is not null && copy.TryRead(new byte[copy.Header.Length]))
                return true;
        }
        return false;
    }

    /// <summary>Puts those of the blobs that a segment has on its list of the dead. The caller holds a lease.</summary>
    private HashSet<BlobDigest> Bury(Segment segment, IEnumerable<BlobDigest> digests)
    {
        var found = new Dictionary<BlobDigest, (uint Ordinal, int Units)>();
        foreach (var digest in digests)
        {
            if (!segment.TryFind(digest, out var place))
                continue;
            // Of a damaged header the length is not known; one unit is the least.
            var space = LiveSegments.ReadHeader(segment, place)?.Space ?? RecordHeader.UnitSize;
            found[digest] = (place.Ordinal, space / RecordHeader.UnitSize);
        }
        if (found.Count == 0)
            return [];
        AppendDead(segment, [.. found.Values]);
        foreach (var (digest, (ordinal, units)) in found)
        {
            segment.Bury(ordinal, units);
            segment.Forget(digest);
            _segments.Table.Remove(digest, segment.Slot);
        }
        return [.. found.Keys];
    }

    private void AppendDead(Segment segment, List<(uint Ordinal, int Units)> dead)
    {
        var path = _segments.Layout.DeadOf(segment.Slot);
        try
        {
            DeadList.Append(path, segment.Incarnation, dead);
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            // Deleting must work on a full disk, of all disks: what is only reserved makes room.
            _pool.Trim(0);
            _active?.CutOff();
            DeadList.Append(path, segment.Incarnation, dead);
        }
    }
}
