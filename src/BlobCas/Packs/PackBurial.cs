namespace CasStore.BlobCas.Packs;

/// <summary>Marks records dead, durably. Called by the <see cref="PackWriter"/> only.</summary>
internal sealed class PackBurial(LiveSegments segments, SegmentAppender appender)
{
    /// <summary>Buries blobs wherever they are; returns those that were somewhere.</summary>
    public HashSet<BlobDigest> Bury(IEnumerable<BlobDigest> digests)
    {
        var found = new HashSet<BlobDigest>();
        var bySlot = digests
            .SelectMany(digest => segments.Table.Find(digest).Select(slot => (digest, slot)))
            .GroupBy(pair => pair.slot, pair => pair.digest);
        foreach (var group in bySlot.ToList())
            found.UnionWith(segments.Under(group.Key, segment => Bury(segment, group)) ?? []);
        return found;
    }

    /// <summary>Buries a record that another one of the same blob has taken the place of.</summary>
    public void BuryReplaced(PackedBlob old)
    {
        var (segment, header) = (old.Segment, old.Header);
        var units = header.Space / RecordHeader.UnitSize;
        Append(segment, [(header.Ordinal, units)]);
        segment.Bury(header.Ordinal, units);
        segments.Table.Remove(header.Digest, segment.Slot);
    }

    /// <summary>Buries those of the blobs that a segment has. The caller holds a lease.</summary>
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
        Append(segment, [.. found.Values]);
        foreach (var (digest, (ordinal, units)) in found)
        {
            segment.Bury(ordinal, units);
            segment.Forget(digest);
            segments.Table.Remove(digest, segment.Slot);
        }
        return [.. found.Keys];
    }

    private void Append(Segment segment, List<(uint Ordinal, int Units)> dead)
    {
        var path = segments.Layout.DeadOf(segment.Slot);
        try
        {
            DeadList.Append(path, segment.Incarnation, dead);
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            // Deleting must work on a full disk, of all disks: what is only reserved makes room.
            appender.GiveBack();
            DeadList.Append(path, segment.Incarnation, dead);
        }
    }
}
