using System.Runtime.InteropServices;

namespace CasStore.BlobCas.Staging;

/// <summary>
/// Buffers of one size, of which a bounded number is kept. Pinned, so that none is ever moved; in whole pages if asked.
/// </summary>
internal sealed class BufferPool
{
    /// <summary>Bytes of a page, to which everything must be aligned that goes past the page cache.</summary>
    public const int Page = 4096;

    private readonly Lock _gate = new();
    private readonly Stack<Memory<byte>> _kept = new();
    private readonly int _size;
    private readonly int _limit;

    public BufferPool(int size, int limit, bool inPages = false)
    {
        _size = size;
        _limit = limit;
        InPages = inPages;
    }

    /// <summary>Whether buffers begin where a page does.</summary>
    public bool InPages { get; }

    public Memory<byte> Rent()
    {
        lock (_gate)
        {
            if (_kept.TryPop(out var buffer))
                return buffer;
        }
        return InPages ? AllocateInPages() : GC.AllocateUninitializedArray<byte>(_size, pinned: true);
    }

    public void Return(Memory<byte> buffer)
    {
        lock (_gate)
        {
            if (_kept.Count < _limit)
                _kept.Push(buffer);
        }
    }

    private Memory<byte> AllocateInPages()
    {
        var array = GC.AllocateUninitializedArray<byte>(_size + Page - 1, pinned: true);
        var start = -Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Page - 1);
        return array.AsMemory((int)start, _size);
    }
}
