namespace CasStore.BlobCas.Packs;

/// <summary>Records laid out as they will be on disk, to be written in one go.</summary>
internal sealed class PackBatch
{
    /// <summary>Bytes of the buffer: some 250 records of 4 KiB, or 15 of 64 KiB.</summary>
    public const int MaxSize = 1 << 20;

    /// <summary>Records in a batch.</summary>
    public const int MaxRecords = 1024;

    private readonly byte[] _buffer;
    private readonly List<RecordHeader> _records = [];
    private readonly List<(RecordHeader Header, int Offset)> _known = [];
    private long _start;
    private ulong _incarnation;
    private uint _ordinal;
    private int _length;

    public PackBatch(int segmentSize) => _buffer = GC.AllocateUninitializedArray<byte>(
        Math.Min(MaxSize, segmentSize - SegmentHeader.Size), pinned: true);

    public int Capacity => _buffer.Length;

    /// <summary>The records to keep.</summary>
    public IReadOnlyList<RecordHeader> Records => _records;

    /// <summary>The headers of what is stored already.</summary>
    public IEnumerable<RecordHeader> Known => _known.Select(known => known.Header);

    /// <summary>Bytes to keep.</summary>
    public int Kept { get; private set; }

    /// <summary>Bytes to write.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Begins a batch at the end of a segment.</summary>
    public void Begin(Segment segment)
    {
        _records.Clear();
        _known.Clear();
        _start = segment.End;
        _incarnation = segment.Incarnation;
        _ordinal = segment.Ordinals;
        _length = 0;
        Kept = 0;
    }

    /// <summary>Adds a record; returns where its bytes go.</summary>
    public Span<byte> Add(BlobDigest digest, int length)
    {
        var unit = (uint)((_start + _length) / RecordHeader.UnitSize);
        var header = new RecordHeader(_incarnation, _ordinal++, unit, length, digest);
        _records.Add(header);
        var bytes = Place(header);
        Kept = _length;
        return bytes;
    }

    /// <summary>
    /// Adds, after all others, bytes that are stored already: they are written and flushed like new ones, so that the
    /// time tells nobody whether they were there, under a header that is no record's, and the next batch goes over
    /// them.
    /// </summary>
    public Span<byte> AddKnown(BlobDigest digest, int length)
    {
        var header = new RecordHeader(0, (uint)_known.Count, 0, length, digest);
        _known.Add((header, _length + RecordHeader.Size));
        return Place(header);
    }

    /// <summary>The bytes of one of the known.</summary>
    public ReadOnlySpan<byte> ContentOf(RecordHeader known) =>
        _buffer.AsSpan(_known[(int)known.Ordinal].Offset, known.Length);

    private Span<byte> Place(RecordHeader header)
    {
        var space = _buffer.AsSpan(_length, header.Space);
        header.Write(space);
        space[(RecordHeader.Size + header.Length)..].Clear();
        _length += header.Space;
        return space.Slice(RecordHeader.Size, header.Length);
    }
}
