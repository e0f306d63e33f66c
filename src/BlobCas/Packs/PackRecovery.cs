using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// Opens the segments: of sealed ones the index is read, the others are scanned and cut off behind their last whole
/// record. One that is not full is written on, the others are sealed.
/// </summary>
internal static class PackRecovery
{
    public static ActiveSegment? Open(LiveSegments segments, BlobStoreOptions options, BlockingCalls calls)
    {
        var layout = segments.Layout;
        var slots = layout.Slots();
        RemoveLeftovers(layout, [.. slots]);
        var scanned = new List<ActiveSegment>();
        try
        {
            foreach (var slot in slots)
            {
                if (OpenSealed(segments, slot) is null)
                    scanned.Add(Scan(segments, slot, options, calls));
            }
            // Which one goes on makes no difference: the emptiest.
            var active = scanned.Count > 0 ? scanned.MinBy(s => s.Segment.End) : null;
            foreach (var full in scanned.Where(s => s != active))
            {
                full.Seal();
                full.Dispose();
            }
            return active;
        }
        catch
        {
            scanned.ForEach(segment => segment.Dispose());
            throw;
        }
    }

    private static Segment? OpenSealed(LiveSegments segments, ushort slot)
    {
        var layout = segments.Layout;
        if (SegmentIndex.ReadSummary(layout.IndexOf(slot)) is not { } index)
            return null;
        using (var file = Posix.OpenRead(layout.PackOf(slot)))
        {
            // A damaged header is no reason to distrust the index; one of another incarnation is.
            if (SegmentHeader.Read(file) is { } incarnation && incarnation != index.Incarnation)
                return null;
        }
        var segment = new Segment(layout, slot, index);
        foreach (var (ordinal, units) in DeadList.Read(layout.DeadOf(slot), index.Incarnation))
            segment.Bury(ordinal, units);
        for (var partition = 0; partition < SlotTable.Partitions; partition++)
        {
            var (from, to) = ((int)index.Starts[partition], (int)index.Starts[partition + 1]);
            if (from < to)
                segments.Table.Add(partition, index.Tags.AsSpan(from, to - from), slot);
        }
        segments.Add(segment);
        return segment;
    }

    private static ActiveSegment Scan(
        LiveSegments segments, ushort slot, BlobStoreOptions options, BlockingCalls calls)
    {
        var layout = segments.Layout;
        var path = layout.PackOf(slot);
        var file = Posix.OpenReadWrite(path, create: false);
        try
        {
            var incarnation = SegmentHeader.Read(file)
                ?? throw new InvalidDataException($"The header of the pack segment '{path}' is damaged.");
            Posix.Remove(layout.IndexOf(slot));
            var dead = DeadList.Read(layout.DeadOf(slot), incarnation)
                .DistinctBy(d => d.Ordinal).ToDictionary(d => d.Ordinal, d => d.Units);
            var segment = new Segment(layout, slot, incarnation);
            var doubles = new List<(uint Ordinal, int Units)>();
            for (var scan = new SegmentScan(file, incarnation); scan.TryNext(out var record);)
            {
                if (dead.ContainsKey(record.Ordinal))
                {
                    segment.Skip(record);
                }
                else if (segment.HasRecord(record.Digest))
                {
                    segment.Skip(record);
                    doubles.Add((record.Ordinal, record.Space / RecordHeader.UnitSize));
                }
                else
                {
                    segment.Add(record);
                    segments.Table.Add(record.Digest, slot);
                }
            }
            if (doubles.Count > 0)
                DeadList.Append(layout.DeadOf(slot), incarnation, doubles);
            foreach (var (ordinal, units) in dead.Select(d => (d.Key, d.Value)).Concat(doubles))
                segment.Bury(ordinal, units);
            RandomAccess.SetLength(file, segment.End);
            Posix.Flush(file, path);
            segments.Add(segment);
            return new ActiveSegment(segment, file, path, options.SegmentSize, calls);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Removes indexes and lists of the dead whose segment is gone, and indexes half written.</summary>
    private static void RemoveLeftovers(PackLayout layout, HashSet<ushort> slots)
    {
        foreach (var path in Directory.EnumerateFiles(layout.Root))
        {
            var isLeftover = Path.GetExtension(path) switch
            {
                ".new" => true,
                PackLayout.IndexSuffix or PackLayout.DeadSuffix =>
                    PackLayout.SlotOf(path) is { } slot && !slots.Contains(slot),
                _ => false,
            };
            if (isLeftover)
                Posix.Remove(path);
        }
    }
}
