using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// All segments, and the way from a digest to its record. Changed by the pack writer alone, read by many.
/// </summary>
internal sealed class LiveSegments(PackLayout layout, OpenSegments open)
{
    private const int MaxSlots = ushort.MaxValue + 1;

    // Replaced when it grows; the writer alone writes to it.
    private Segment?[] _bySlot = new Segment?[16];
    private int _moves;

    public PackLayout Layout => layout;

    public SlotTable Table { get; } = new();

    /// <summary>Changes whenever a blob may be elsewhere than it was: who found nothing then looks again.</summary>
    public int Moves => Volatile.Read(ref _moves);

    public IEnumerable<Segment> All() => Volatile.Read(ref _bySlot).OfType<Segment>();

    public void Add(Segment segment)
    {
        var bySlot = _bySlot;
        if (segment.Slot >= bySlot.Length)
            Array.Resize(ref bySlot, Math.Min(MaxSlots, Math.Max(segment.Slot + 1, 2 * bySlot.Length)));
        bySlot[segment.Slot] = segment;
        Volatile.Write(ref _bySlot, bySlot);
    }

    /// <summary>A slot without a segment.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public ushort FreeSlot()
    {
        var slot = Array.IndexOf(_bySlot, null);
        if (slot < 0)
            slot = _bySlot.Length;
        return slot < MaxSlots
            ? (ushort)slot
            : throw new IOException($"There are {MaxSlots} pack segments, and no more can be.");
    }

    /// <summary>Lets a segment, whose blobs are all elsewhere, be found no more.</summary>
    public void Remove(Segment segment)
    {
        Moved();
        Volatile.Write(ref _bySlot[segment.Slot], null);
        Table.RemoveSlot(segment.Slot);
    }

    /// <summary>Says that blobs are in other places now.</summary>
    public void Moved() => Interlocked.Increment(ref _moves);

    /// <summary>Finds a blob; null when no segment has it.</summary>
    public PackedBlob? Find(BlobDigest digest)
    {
        while (true)
        {
            var moves = Moves;
            foreach (var slot in Table.Find(digest))
            {
                if (FindIn(slot, digest) is { } found)
                    return found;
            }
            if (moves == Moves)
                return null;
        }
    }

    /// <summary>Finds a blob in one segment; null when it is not there, or its header is damaged.</summary>
    public PackedBlob? FindIn(ushort slot, BlobDigest digest)
    {
        if (Lease(slot) is not { } segment)
            return null;
        PackedBlob? found = null;
        try
        {
            if (segment.TryFind(digest, out var place)
                && ReadHeader(segment, place) is { } header && header.Digest == digest)
            {
                found = new PackedBlob(open, segment, header);
            }
            return found;
        }
        finally
        {
            if (found is null)
                open.Release(segment.Files);
        }
    }

    /// <summary>Runs a function under a lease; the default when the segment is gone.</summary>
    public T? Under<T>(ushort slot, Func<Segment, T> function)
    {
        if (Lease(slot) is not { } segment)
            return default;
        try
        {
            return function(segment);
        }
        finally
        {
            open.Release(segment.Files);
        }
    }

    /// <summary>The header of a record, or null when it is damaged. The caller holds a lease.</summary>
    public static RecordHeader? ReadHeader(Segment segment, RecordPlace place)
    {
        Span<byte> bytes = stackalloc byte[RecordHeader.Size];
        SafeFileHandle file = segment.Files.Pack!;
        return RandomAccess.Read(file, bytes, place.Offset) == bytes.Length
            && RecordHeader.TryRead(bytes, out var header)
            && header.Incarnation == segment.Incarnation && header.Unit == place.Unit
            ? header
            : null;
    }

    private Segment? Lease(ushort slot)
    {
        var bySlot = Volatile.Read(ref _bySlot);
        return slot < bySlot.Length && Volatile.Read(ref bySlot[slot]) is { } segment && open.TryLease(segment.Files)
            ? segment
            : null;
    }
}
