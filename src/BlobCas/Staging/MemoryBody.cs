using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Staging;

/// <summary>A small body, kept in its buffer until it is sealed: one that is rejected never touches the disk.</summary>
internal sealed class MemoryBody : StagedBody
{
    private readonly Action<byte[]> _giveBack;
    private readonly int _length;
    private byte[]? _buffer;

    public MemoryBody(string path, byte[] buffer, int length, Action<byte[]> giveBack)
        : base(path)
    {
        _buffer = buffer;
        _length = length;
        _giveBack = giveBack;
    }

    public override void CopyTo(Span<byte> bytes) => _buffer.AsSpan(0, _length).CopyTo(bytes);

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
            _giveBack(buffer);
    }
}
