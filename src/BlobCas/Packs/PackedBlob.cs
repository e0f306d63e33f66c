using CasStore.BlobCas.Hashing;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// A blob found in a segment, with a lease on it: the bytes stay where they are until it is disposed.
/// </summary>
internal sealed class PackedBlob : IDisposable
{
    private readonly OpenSegments _open;
    private int _disposed;

    public PackedBlob(OpenSegments open, Segment segment, RecordHeader header)
    {
        _open = open;
        Segment = segment;
        Header = header;
        File = segment.Files.Pack!;
    }

    public Segment Segment { get; }

    public RecordHeader Header { get; }

    public SafeFileHandle File { get; }

    /// <summary>Where the bytes begin.</summary>
    public long Offset => Header.Offset + RecordHeader.Size;

    /// <summary>Reads the bytes; false when they are not what the digest says.</summary>
    public bool TryRead(Span<byte> bytes) =>
        RandomAccess.Read(File, bytes, Offset) == bytes.Length && Blake3.Hash(bytes) == Header.Digest;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _open.Release(Segment.Files);
    }
}
