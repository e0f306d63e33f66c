using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>A small body, kept in its buffer until it is sealed: one that is rejected never touches the disk.</summary>
internal sealed class MemoryBody : StagedBody
{
    private readonly BufferPool _pool;
    private readonly int _length;
    private byte[]? _buffer;

    public MemoryBody(string path, BufferPool pool, byte[] buffer, int length)
        : base(path)
    {
        _pool = pool;
        _buffer = buffer;
        _length = length;
    }

    public override void Flush()
    {
        using var file = Posix.CreateNew(Path);
        OnDisk = true;
        RandomAccess.Write(file, _buffer.AsSpan(0, _length), 0);
        Posix.Flush(file, Path);
    }

    public override void Dispose()
    {
        base.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            _pool.Return(buffer);
    }
}
