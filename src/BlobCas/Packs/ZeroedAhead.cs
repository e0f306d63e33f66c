using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// Writes zeros where a segment is going to be written, on a thread beside. A flush of blocks that were written before
/// takes about half as long as one of blocks that are only reserved: these have the file system write metadata too.
/// </summary>
internal sealed class ZeroedAhead(string path, BlockingCalls calls)
{
    private static readonly byte[] s_zeros = new byte[256 * 1024];

    // A plain object, not a Lock: the end is waited for on its monitor.
    private readonly object _gate = new();
    private bool _isRunning;
    private bool _isRefused;
    private long _end;

    /// <summary>
    /// Begins with a range at the file's end, unless the last has not ended or there was no room for it.
    /// </summary>
    public void Begin(long offset, long length)
    {
        lock (_gate)
        {
            if (_isRunning || _isRefused || offset < _end)
                return;
            _isRunning = true;
        }
        _ = calls.RunAsync(() => Write(offset, length));
    }

    /// <summary>Lets what is being written end. Returns how far the file is written with zeros.</summary>
    public long Settle()
    {
        lock (_gate)
        {
            while (_isRunning)
                Monitor.Wait(_gate, Timeout.Infinite);
            return _end;
        }
    }

    /// <summary>The file was cut off.</summary>
    public void Forget()
    {
        lock (_gate)
            _end = 0;
    }

    private void Write(long offset, long length)
    {
        var isDone = false;
        try
        {
            // A handle of its own: the kernel tells each of a write that failed, but only once. The one that blobs are
            // written by must not miss it.
            using var file = Posix.OpenReadWrite(path, create: false);
            Posix.Reserve(file, offset, length);
            for (var written = 0L; written < length; written += s_zeros.Length)
            {
                RandomAccess.Write(
                    file, s_zeros.AsSpan(0, (int)Math.Min(s_zeros.Length, length - written)), offset + written);
            }
            Posix.FlushData(file, path);
            isDone = true;
        }
        catch (IOException)
        {
            // No room, say: the write that needs it will tell.
        }
        finally
        {
            lock (_gate)
            {
                _isRunning = false;
                _isRefused = !isDone;
                if (isDone)
                    _end = offset + length;
                Monitor.PulseAll(_gate);
            }
        }
    }
}
