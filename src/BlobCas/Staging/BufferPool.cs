namespace CasStore.BlobCas.Staging;

/// <summary>Buffers of one size, of which a bounded number is kept. Pinned, so that none is ever moved.</summary>
internal sealed class BufferPool
{
    private readonly Lock _gate = new();
    private readonly Stack<byte[]> _kept = new();
    private readonly int _size;
    private readonly int _limit;

    public BufferPool(int size, int limit)
    {
        _size = size;
        _limit = limit;
    }

    public byte[] Rent()
    {
        lock (_gate)
        {
            if (_kept.TryPop(out var buffer))
                return buffer;
        }
        return GC.AllocateUninitializedArray<byte>(_size, pinned: true);
    }

    public void Return(byte[] buffer)
    {
        lock (_gate)
        {
            if (_kept.Count < _limit)
                _kept.Push(buffer);
        }
    }
}
