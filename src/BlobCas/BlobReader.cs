using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas;

/// <summary>Reads one blob at any offset; safe for concurrent use.</summary>
public sealed class BlobReader : IDisposable
{
    // A read this short costs less than handing it to another thread.
    private const int SynchronousLimit = 64 * 1024;

    private readonly SafeFileHandle _file;

    internal BlobReader(SafeFileHandle file)
    {
        _file = file;
        Length = RandomAccess.GetLength(file);
    }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>
    /// Fills the buffer from <paramref name="offset"/> as far as the blob goes; returns the bytes read.
    /// </summary>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        cancel.ThrowIfCancellationRequested();
        var wanted = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        var filled = 0;
        while (filled < wanted)
        {
            var rest = buffer[filled..wanted];
            var read = rest.Length <= SynchronousLimit
                ? RandomAccess.Read(_file, rest.Span, offset + filled)
                : await RandomAccess.ReadAsync(_file, rest, offset + filled, cancel);
            if (read == 0)
                throw new EndOfStreamException("A blob became shorter while it was read.");
            filled += read;
        }
        return filled;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
