using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Staging;

/// <summary>
/// A body in a staging file. Whole pieces go past the page cache where the file system has that: copying into pages
/// that the kernel has to find first may cost more than all hashes. The last one, if it is shorter, goes the usual way.
/// </summary>
internal sealed class FileBody : StagedBody
{
    // A slow upload is mostly on the device by the time it is sealed; short files are left to the one flush.
    private const int WriteBehind = 8 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly int _piece;
    private long _written;
    private long _begun;
    private bool _direct;

    /// <param name="path">Where; there is no such file yet.</param>
    /// <param name="piece">
    /// The length of a piece: whole pages, which begin with one in memory. 0: there are none.
    /// </param>
    public FileBody(string path, int piece)
        : base(path)
    {
        _file = Posix.CreateNew(path);
        OnDisk = true;
        _piece = piece;
        _direct = piece > 0 && Posix.TrySetDirect(_file, true);
    }

    /// <summary>Appends.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_direct && bytes.Length == _piece && TryWriteDirect(bytes))
            return;
        LeaveDirect();
        RandomAccess.Write(_file, bytes, _written);
        _written += bytes.Length;
        if (_written - _begun < WriteBehind)
            return;
        Posix.BeginWrite(_file, _begun, _written - _begun);
        _begun = _written;
    }

    public override void CopyTo(Span<byte> bytes)
    {
        LeaveDirect();
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

    /// <summary>Writes a piece; false when the file system tells only now that it cannot, or has other pages.</summary>
    private bool TryWriteDirect(ReadOnlySpan<byte> piece)
    {
        try
        {
            RandomAccess.Write(_file, piece, _written);
        }
        catch (IOException e) when (e.HResult == Posix.InvalidArgument)
        {
            return false;
        }
        _written += piece.Length;
        _begun = _written;
        return true;
    }

    private void LeaveDirect()
    {
        if (_direct && !Posix.TrySetDirect(_file, false))
            throw new IOException($"The staging file '{Path}' cannot be used by way of the page cache again.");
        _direct = false;
    }
}
