namespace CasStore.BlobCas.Packs;

/// <summary>
/// In which segments a blob may be: four bytes of memory per blob. Twelve bits of the digest choose a partition,
/// sixteen more are compared; a segment's own index tells for certain. In a store of ten million small blobs one look
/// in 27 goes to a segment in vain.
/// </summary>
internal sealed class SlotTable
{
    public const int Partitions = 4096;

    private const int Gates = 64;
    private const int FirstCapacity = 4;

    private readonly Partition[] _partitions = new Partition[Partitions];
    private readonly Lock[] _gates = [.. Enumerable.Range(0, Gates).Select(_ => new Lock())];

    public static int PartitionOf(BlobDigest digest) => (int)(digest.Prefix >> 20);

    public static ushort TagOf(BlobDigest digest) => (ushort)(digest.Prefix >> 4);

    public void Add(BlobDigest digest, ushort slot)
    {
        var tag = TagOf(digest);
        Add(PartitionOf(digest), new ReadOnlySpan<ushort>(in tag), slot);
    }

    /// <summary>Adds blobs of one partition and one segment.</summary>
    public void Add(int partition, ReadOnlySpan<ushort> tags, ushort slot)
    {
        lock (_gates[partition % Gates])
        {
            ref var p = ref _partitions[partition];
            p.Reserve(tags.Length);
            tags.CopyTo(p.Tags.AsSpan(p.Count));
            p.Slots.AsSpan(p.Count, tags.Length).Fill(slot);
            p.Count += tags.Length;
        }
    }

    /// <summary>Removes one blob of a segment.</summary>
    public void Remove(BlobDigest digest, ushort slot)
    {
        var partition = PartitionOf(digest);
        var tag = TagOf(digest);
        lock (_gates[partition % Gates])
        {
            ref var p = ref _partitions[partition];
            for (var i = 0; i < p.Count; i++)
            {
                if (p.Tags[i] == tag && p.Slots[i] == slot)
                {
                    p.RemoveAt(i);
                    return;
                }
            }
        }
    }

    /// <summary>Removes all blobs of a segment.</summary>
    public void RemoveSlot(ushort slot)
    {
        for (var partition = 0; partition < Partitions; partition++)
        {
            lock (_gates[partition % Gates])
            {
                ref var p = ref _partitions[partition];
                for (var i = p.Slots.AsSpan(0, p.Count).IndexOf(slot); i >= 0 && i < p.Count;)
                {
                    p.RemoveAt(i);
                    var next = p.Slots.AsSpan(i, p.Count - i).IndexOf(slot);
                    i = next < 0 ? -1 : i + next;
                }
            }
        }
    }

    /// <summary>Segments that may have the blob, newest last; none when none has it.</summary>
    public ushort[] Find(BlobDigest digest)
    {
        var partition = PartitionOf(digest);
        var tag = TagOf(digest);
        lock (_gates[partition % Gates])
        {
            ref var p = ref _partitions[partition];
            var tags = p.Tags.AsSpan(0, p.Count);
            var found = tags.IndexOf(tag);
            if (found < 0)
                return [];
            if (!tags[(found + 1)..].Contains(tag))
                return [p.Slots[found]];
            var slots = new List<ushort>();
            for (var i = found; i < p.Count; i++)
            {
                if (tags[i] == tag && !slots.Contains(p.Slots[i]))
                    slots.Add(p.Slots[i]);
            }
            return [.. slots];
        }
    }

    private struct Partition
    {
        public ushort[] Tags;
        public ushort[] Slots;
        public int Count;

        // By a quarter: what is reserved in vain stays small.
        public void Reserve(int more)
        {
            var capacity = Tags?.Length ?? 0;
            if (Count + more <= capacity)
                return;
            capacity = Math.Max(Math.Max(FirstCapacity, Count + more), capacity + (capacity / 4));
            Array.Resize(ref Tags, capacity);
            Array.Resize(ref Slots, capacity);
        }

        public void RemoveAt(int index)
        {
            Count--;
            Tags[index] = Tags[Count];
            Slots[index] = Slots[Count];
        }
    }
}
