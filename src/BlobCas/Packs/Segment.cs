namespace CasStore.BlobCas.Packs;

/// <summary>
/// What is known of one segment. Which records it has is in memory until it is sealed, then in its index; which of them
/// are dead is a bit each. Changed by the pack writer alone, read by many.
/// </summary>
internal sealed class Segment
{
    private readonly PackLayout _layout;
    private readonly Lock _gate = new();
    private Dictionary<BlobDigest, RecordPlace>? _records;
    private ulong[] _dead = [];

    /// <summary>A segment without an index.</summary>
    public Segment(PackLayout layout, ushort slot, ulong incarnation)
    {
        _layout = layout;
        Slot = slot;
        Incarnation = incarnation;
        End = SegmentHeader.Size;
        _records = [];
        Files = new SegmentFiles(layout.PackOf(slot), layout.IndexOf(slot));
    }

    /// <summary>A sealed segment.</summary>
    public Segment(PackLayout layout, ushort slot, IndexSummary index)
        : this(layout, slot, index.Incarnation)
    {
        End = index.End;
        Ordinals = index.Records;
        _records = null;
    }

    public ushort Slot { get; }

    public ulong Incarnation { get; }

    public SegmentFiles Files { get; }

    /// <summary>Where the last record ends.</summary>
    public long End { get; private set; }

    /// <summary>The ordinal of the next record.</summary>
    public uint Ordinals { get; private set; }

    public long DeadBytes { get; private set; }

    public bool IsSealed => Volatile.Read(ref _records) is null;

    /// <summary>The dead share of the bytes used.</summary>
    public double DeadShare => (double)DeadBytes / Math.Max(1, End - SegmentHeader.Size);

    /// <summary>Adds a durable record, in the place of any other of the same blob.</summary>
    public void Add(RecordHeader record)
    {
        lock (_gate)
        {
            End = record.Offset + record.Space;
            Ordinals = record.Ordinal + 1;
            _records![record.Digest] = new RecordPlace(record.Ordinal, record.Unit);
        }
    }

    /// <summary>Whether a segment that is not sealed has the blob.</summary>
    public bool HasRecord(BlobDigest digest)
    {
        lock (_gate)
            return _records!.ContainsKey(digest);
    }

    /// <summary>Steps over a record that is dead.</summary>
    public void Skip(RecordHeader record)
    {
        End = record.Offset + record.Space;
        Ordinals = record.Ordinal + 1;
    }

    /// <summary>Whether the blob is here and alive. The caller holds a lease.</summary>
    public bool TryFind(BlobDigest digest, out RecordPlace place)
    {
        lock (_gate)
        {
            if (_records is { } records)
                return records.TryGetValue(digest, out place);
        }
        return SegmentIndex.TryFind(Files.OpenIndex(), digest, out place) && !IsDead(place.Ordinal);
    }

    /// <summary>The live records of some partitions of the slot table. The caller holds a lease.</summary>
    public IEnumerable<(BlobDigest Digest, RecordPlace Place)> Read(int partition, int partitions)
    {
        lock (_gate)
        {
            if (_records is { } records)
            {
                return records.Select(r => (r.Key, r.Value))
                    .Where(r => SlotTable.PartitionOf(r.Key) - partition is var p && p >= 0 && p < partitions)
                    .ToArray();
            }
        }
        return SegmentIndex.Read(Files.OpenIndex(), partition, partitions).Where(r => !IsDead(r.Place.Ordinal));
    }

    public bool IsDead(uint ordinal)
    {
        lock (_gate)
            return ordinal / 64 < _dead.Length && (_dead[ordinal / 64] >> (int)(ordinal % 64) & 1) != 0;
    }

    /// <summary>Marks a record dead in memory; false when it was.</summary>
    public bool Bury(uint ordinal, int units)
    {
        lock (_gate)
        {
            if (IsDead(ordinal))
                return false;
            if (ordinal / 64 >= _dead.Length)
                Array.Resize(ref _dead, (int)Math.Max(ordinal / 64 + 1, (Ordinals + 63) / 64));
            _dead[ordinal / 64] |= 1UL << (int)(ordinal % 64);
            DeadBytes += (long)units * RecordHeader.UnitSize;
            return true;
        }
    }

    /// <summary>Removes a buried blob from what is in memory.</summary>
    public void Forget(BlobDigest digest)
    {
        lock (_gate)
            _records?.Remove(digest);
    }

    /// <summary>Writes the index, durably; from then on it is what tells where records are.</summary>
    public void Seal()
    {
        var entries = _records!.Select(r => (r.Key, r.Value)).ToList();
        entries.Sort((a, b) => BlobDigest.Compare(a.Key, b.Key));
        SegmentIndex.Write(_layout.IndexOf(Slot), new IndexSummary(Incarnation, End, Ordinals), entries);
        lock (_gate)
            _records = null;
    }
}
