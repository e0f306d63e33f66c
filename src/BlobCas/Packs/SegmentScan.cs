using CasStore.BlobCas.Hashing;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// Finds the whole records of a segment that has no index: header and digest must be right. What is torn or damaged is
/// stepped over, so that it hides nothing behind it. Ordinals must grow, which keeps them unique whatever a crash left.
/// </summary>
internal sealed class SegmentScan
{
    private const int WindowSize = 256 * 1024;

    private readonly SafeFileHandle _file;
    private readonly ulong _incarnation;
    private readonly long _length;
    private readonly byte[] _window = new byte[WindowSize];
    private long _windowAt;
    private int _windowLength;
    private long _position = SegmentHeader.Size;
    private long _nextOrdinal;

    public SegmentScan(SafeFileHandle file, ulong incarnation)
    {
        _file = file;
        _incarnation = incarnation;
        _length = RandomAccess.GetLength(file);
    }

    public bool TryNext(out RecordHeader header)
    {
        for (; _position + RecordHeader.Size <= _length; _position += RecordHeader.UnitSize)
        {
            if (!IsRecord(out header))
                continue;
            _position += header.Space;
            _nextOrdinal = header.Ordinal + 1L;
            return true;
        }
        header = default;
        return false;
    }

    private bool IsRecord(out RecordHeader header) =>
        RecordHeader.TryRead(At(_position, RecordHeader.Size), out header)
        && header.Incarnation == _incarnation
        && header.Offset == _position
        && header.Ordinal >= _nextOrdinal
        && _position + RecordHeader.Size + header.Length <= _length
        && Blake3.Hash(At(_position + RecordHeader.Size, header.Length)) == header.Digest;

    private ReadOnlySpan<byte> At(long position, int count)
    {
        if (position < _windowAt || position + count > _windowAt + _windowLength)
        {
            _windowAt = position;
            _windowLength = 0;
            for (int read; _windowLength < WindowSize; _windowLength += read)
            {
                read = RandomAccess.Read(_file, _window.AsSpan(_windowLength), position + _windowLength);
                if (read == 0)
                    break;
            }
            if (_windowLength < count)
                throw new EndOfStreamException("A segment became shorter while it was scanned.");
        }
        return _window.AsSpan((int)(position - _windowAt), count);
    }
}
