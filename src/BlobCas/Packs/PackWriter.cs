using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// All that changes packs. Called by the <see cref="PackQueue"/> only, one call at a time: no change races.
/// </summary>
internal sealed class PackWriter : IDisposable
{
    private readonly BlobLayout _blobs;
    private readonly ShardDirectories _shards;
    private readonly LiveSegments _segments;
    private readonly SegmentPool _pool;
    private readonly SegmentAppender _appender;
    private readonly PackBurial _burial;
    private readonly HashSet<BlobDigest> _inBatch = [];
    private readonly List<PackAppend> _known = [];

    public PackWriter(
        BlobLayout blobs, ShardDirectories shards, LiveSegments segments, SegmentPool pool, SegmentAppender appender)
    {
        _blobs = blobs;
        _shards = shards;
        _segments = segments;
        _pool = pool;
        _appender = appender;
        _burial = new PackBurial(segments, appender);
    }

    public int BatchCapacity => _appender.BatchCapacity;

    /// <summary>
    /// Makes a batch of blobs durable: one write, one flush. Returns what has to be done when the uploaders have their
    /// answer, or null.
    /// </summary>
    public Action? Append(IReadOnlyList<PackAppend> appends)
    {
        _inBatch.Clear();
        _known.Clear();
        var batch = _appender.Begin(appends.Count, appends.Sum(append => append.Space));
        foreach (var append in appends)
        {
            if (!_inBatch.Add(append.Digest) || IsStored(append.Digest))
                _known.Add(append);
            else
                append.CopyTo(batch.Add(append.Digest, append.Length));
        }
        foreach (var append in _known)
            append.CopyTo(batch.AddKnown(append.Digest, append.Length));
        _appender.Commit();
        return _known.Count > 0 ? () => Mend(batch) : null;
    }

    /// <summary>Removes blobs, in packs and in files, durably; returns how many were there.</summary>
    public int Delete(IReadOnlyCollection<BlobDigest> digests)
    {
        var found = _burial.Bury(digests);
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
                    continue;
                }
                alive.Add(blob);
            }
            var single = alive.Where(blob => !HasIntactCopy(blob.Header.Digest, from)).ToList();
            if (single.Count == 0)
                return 0;
            var batch = _appender.Begin(single.Count, single.Sum(blob => blob.Header.Space));
            foreach (var blob in single)
            {
                if (!blob.TryRead(batch.Add(blob.Header.Digest, blob.Header.Length)))
                    throw Damaged(blob.Header.Digest);
            }
            _appender.Commit();
            _segments.Moved();
            return batch.Kept;
        }
        finally
        {
            alive.ForEach(blob => blob.Dispose());
        }
    }

    /// <summary>
    /// Frees a segment whose live records were all moved; its file goes to the pool once nobody reads it.
    /// </summary>
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

    public void Dispose() => _appender.Dispose();

    private static InvalidDataException Damaged(BlobDigest digest) => new($"The record of blob {digest} is damaged.");

    private bool IsStored(BlobDigest digest)
    {
        using var packed = _segments.Find(digest);
        if (packed is not null)
            return true;
        var shard = BlobLayout.ShardOf(digest);
        if (!_shards.MayHaveFiles(shard) || !File.Exists(_blobs.PathOf(digest)))
            return false;
        // Whoever moved it there may not have come to this flush.
        Posix.FlushDirectory(_blobs.ShardDirectory(shard));
        return true;
    }

    /// <summary>
    /// Replaces stored copies that are damaged by what was just uploaded. Done when the uploaders have their answer:
    /// how long it takes to read what is stored would tell them that it is.
    /// </summary>
    private void Mend(PackBatch batch)
    {
        var damaged = batch.Known.Where(known => !IsIntact(known.Digest))
            .Select(known => (known.Digest, Content: batch.ContentOf(known).ToArray())).ToList();
        foreach (var (digest, content) in damaged)
        {
            using var old = _segments.Find(digest);
            if (old is null)
                continue;
            try
            {
                content.CopyTo(_appender.Begin(1, RecordHeader.SpaceFor(content.Length)).Add(digest, content.Length));
                _appender.Commit();
                _burial.BuryReplaced(old);
            }
            catch (IOException)
            {
                // It stays as damaged as it was, for the scrubber or the next upload.
                return;
            }
        }
    }

    private bool IsIntact(BlobDigest digest)
    {
        using var stored = _segments.Find(digest);
        return stored is null || stored.TryRead(new byte[stored.Header.Length]);
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
}
