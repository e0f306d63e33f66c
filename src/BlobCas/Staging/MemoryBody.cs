using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>A small body, kept in its buffer until it is sealed: one that is rejected never touches the disk.</summary>
internal sealed class MemoryBody : StagedBody
{
    private readonly Memory<byte> _buffer;
    private readonly int _length;
    private Action<Memory<byte>>? _giveBack;

    public MemoryBody(string path, Memory<byte> buffer, int length, Action<Memory<byte>> giveBack)
        : base(path)
    {
        _buffer = buffer;
        _length = length;
        _giveBack = giveBack;
    }

    public override void CopyTo(Span<byte> bytes) => _buffer.Span[.._length].CopyTo(bytes);

    public override void Flush()
    {
        using var file = Posix.CreateNew(Path);
        OnDisk = true;
        RandomAccess.Write(file, _buffer.Span[.._length], 0);
        Posix.Flush(file, Path);
    }

    public override void Dispose()
    {
        base.Dispose();
        Interlocked.Exchange(ref _giveBack, null)?.Invoke(_buffer);
    }
}
