using System.Runtime.InteropServices;
using CasStore.BlobCas.Packs;
using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas;

/// <summary>Reads one blob at any offset; safe for concurrent use.</summary>
public sealed class BlobReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly long _start;
    private readonly IDisposable _owner;
    private readonly BlockingCalls _calls;

    internal BlobReader(SafeFileHandle file, BlockingCalls calls)
    {
        _file = file;
        _owner = file;
        _calls = calls;
        Length = RandomAccess.GetLength(file);
    }

    internal BlobReader(PackedBlob packed, BlockingCalls calls)
    {
        _file = packed.File;
        _owner = packed;
        _start = packed.Offset;
        _calls = calls;
        Length = packed.Header.Length;
    }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>
    /// Whether the blob has a file of its own, which is never written to again. A pack segment's is, when its blobs are
    /// gone, also while the kernel still sends of it.
    /// </summary>
    public bool HasFile => _owner == _file;

    /// <summary>
    /// Fills the buffer from <paramref name="offset"/> as far as the blob goes; returns the bytes read. Completes
    /// synchronously when they are in the page cache.
    /// </summary>
    /// <exception cref="EndOfStreamException">The blob became shorter than it was when opened.</exception>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (cancel.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancel);
        var wanted = buffer[..(int)Math.Clamp(Length - offset, 0, buffer.Length)];
        var cached = 0;
        while (cached < wanted.Length)
        {
            var read = Posix.ReadCached(_file, wanted.Span[cached..], _start + offset + cached);
            if (read <= 0)
                return new ValueTask<int>(ReadRestAsync(offset, wanted, cached));
            cached += read;
        }
        return ValueTask.FromResult(wanted.Length);
    }

    /// <summary>
    /// Sends to a socket what the page cache has at the offset, without copying it; waits for neither disk nor socket.
    /// Returns the bytes sent. When it is 0, read and send: that waits, or tells what is wrong. When it is less, the
    /// disk has to be read first.
    /// </summary>
    /// <param name="socket">A socket that does not block.</param>
    /// <param name="offset">Where in the blob.</param>
    /// <param name="count">Bytes, all of them in the blob.</param>
    public int SendCached(SafeHandle socket, long offset, int count)
    {
        if (!HasFile)
            return 0;
        // The last byte stands for all: the kernel reads ahead, and files are written from the front.
        Span<byte> last = stackalloc byte[1];
        return Posix.ReadCached(_file, last, offset + count - 1) > 0
            ? Posix.SendFile(socket, _file, offset, count)
            : -1;
    }

    /// <summary>
    /// The same of what has to be read from the disk first, which this waits for; the kernel reads ahead. Returns the
    /// bytes sent; when it is 0, read and send.
    /// </summary>
    /// <param name="socket">A socket that does not block.</param>
    /// <param name="offset">Where in the blob.</param>
    /// <param name="count">Bytes, all of them in the blob.</param>
    public async Task<int> SendAsync(SafeHandle socket, long offset, int count)
    {
        var sent = 0;
        await _calls.RunAsync(() => sent = Posix.SendFile(socket, _file, offset, count));
        return sent;
    }

    /// <inheritdoc/>
    public void Dispose() => _owner.Dispose();

    private async Task<int> ReadRestAsync(long offset, Memory<byte> wanted, int filled)
    {
        await _calls.RunAsync(() =>
        {
            while (filled < wanted.Length)
            {
                var read = RandomAccess.Read(_file, wanted.Span[filled..], _start + offset + filled);
                if (read == 0)
                    throw new EndOfStreamException("A blob became shorter while it was read.");
                filled += read;
            }
        });
        return wanted.Length;
    }
}
