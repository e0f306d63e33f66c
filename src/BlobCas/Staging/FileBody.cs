using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Staging;

/// <summary>A large body in a staging file.</summary>
internal sealed class FileBody : StagedBody
{
    private readonly SafeFileHandle _file;

    public FileBody(string path)
        : base(path)
    {
        _file = Posix.CreateNew(path);
        OnDisk = true;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_file, bytes, offset);

    public override void Flush()
    {
        Posix.Flush(_file, Path);
        _file.Dispose();
    }

    public override void Dispose()
    {
        _file.Dispose();
        base.Dispose();
    }
}
