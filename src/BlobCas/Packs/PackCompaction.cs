namespace CasStore.BlobCas.Packs;

/// <summary>
/// Frees sealed segments of which much is dead: what lives is copied to the segment being written, durably, then the
/// file goes to the pool. A crash between leaves blobs twice, which the next compaction mends.
/// </summary>
internal sealed class PackCompaction(
    LiveSegments segments, OpenSegments open, PackQueue queue, SegmentPool pool, int batchCapacity) : IDisposable
{
    private static readonly int LongestRecord = RecordHeader.SpaceFor(BlobStoreOptions.MaxPackLimit);

    private readonly SemaphoreSlim _one = new(1, 1);

    public async Task<CompactionResult> RunAsync(double deadShare, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var (freed, moved) = (0, 0L);
            var damaged = new List<string>();
            foreach (var segment in segments.All().Where(s => s.IsSealed && s.DeadShare >= deadShare).ToList())
            {
                try
                {
                    moved += await EvacuateAsync(segment, cancel);
                    freed++;
                }
                catch (InvalidDataException e)
                {
                    // What cannot be read cannot be moved: the segment stays as it is, for the scrubber.
                    damaged.Add(e.Message);
                }
            }
            pool.Trim();
            return new CompactionResult(freed, moved, damaged);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<long> EvacuateAsync(Segment segment, CancellationToken cancel)
    {
        var records = segments.Under(segment.Slot, s => s.Read(0, SlotTable.Partitions).ToList()) ?? [];
        records.Sort((a, b) => a.Place.Unit.CompareTo(b.Place.Unit));
        var moved = 0L;
        foreach (var run in Runs(records, segment.End))
        {
            cancel.ThrowIfCancellationRequested();
            moved += await queue.RunAsync(writer => writer.Move(segment, run));
        }
        await queue.RunAsync(writer =>
        {
            writer.Free(segment, open);
            return true;
        });
        return moved;
    }

    /// <summary>Cuts records, in the order of the file, into runs that fit into a batch.</summary>
    private IEnumerable<IReadOnlyList<BlobDigest>> Runs(List<(BlobDigest Digest, RecordPlace Place)> records, long end)
    {
        var run = new List<BlobDigest>();
        var size = 0L;
        for (var i = 0; i < records.Count; i++)
        {
            // A record takes at most what lies between it and the next.
            var next = i + 1 < records.Count ? records[i + 1].Place.Offset : end;
            var space = Math.Min(next - records[i].Place.Offset, LongestRecord);
            if (run.Count == PackBatch.MaxRecords || size + space > batchCapacity)
            {
                yield return run;
                (run, size) = ([], 0);
            }
            run.Add(records[i].Digest);
            size += space;
        }
        if (run.Count > 0)
            yield return run;
    }
}
