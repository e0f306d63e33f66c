using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Staging;

/// <summary>A body in a staging file.</summary>
internal sealed class FileBody : StagedBody
{
    // A slow upload is mostly on the device by the time it is sealed; short files are left to the one flush.
    private const int WriteBehind = 8 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private long _written;
    private long _begun;

    public FileBody(string path)
        : base(path)
    {
        _file = Posix.CreateNew(path);
        OnDisk = true;
    }

    /// <summary>Appends.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _written);
        _written += bytes.Length;
        if (_written - _begun < WriteBehind)
            return;
        Posix.BeginWrite(_file, _begun, _written - _begun);
        _begun = _written;
    }

    public override void CopyTo(Span<byte> bytes)
    {
        if (RandomAccess.Read(_file, bytes, 0) != bytes.Length)
            throw new EndOfStreamException($"The staging file '{Path}' is shorter than what was written to it.");
    }

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
