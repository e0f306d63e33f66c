using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using CasStore.BlobCas;

namespace CasStore.Api.Hosting.Transport;

/// <summary>
/// Sends to a socket when it is flushed: first what was written, then what was announced of a blob. A flush that could
/// not send completes as one whose reader is gone, which is how the server learns of it.
/// </summary>
internal sealed class SocketOutput : PipeWriter, IBlobOutput
{
    /// <summary>Most bytes of a blob that go through memory at once, where they cannot go by themselves.</summary>
    private const int CopySize = 64 * 1024;

    /// <summary>What stands for bytes of blobs. Nobody touches it, so it never takes real memory.</summary>
    private static readonly byte[] StandIn = GC.AllocateUninitializedArray<byte>(BlobBytes);

    private readonly Socket _socket;
    private readonly Pipe _written;
    private readonly Action<Exception?> _shut;
    private readonly List<ArraySegment<byte>> _segments = [];
    private BlobReader? _blob;
    private long _offset;
    private int _count;
    private bool _advanced;

    /// <param name="socket">The socket.</param>
    /// <param name="pool">Memory for what is written.</param>
    /// <param name="shut">Ends the connection, for a reason or in order.</param>
    public SocketOutput(Socket socket, MemoryPool<byte> pool, Action<Exception?> shut)
    {
        _socket = socket;
        _shut = shut;
        // A flush sends all before it completes, so the pipe must never make it wait.
        _written = new Pipe(new PipeOptions(pool, pauseWriterThreshold: 0, useSynchronizationContext: false));
    }

    /// <summary>
    /// Most bytes of a blob in one flush: what a client that reads nothing holds up until it is found too slow.
    /// </summary>
    public const int BlobBytes = 1024 * 1024;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _written.Writer.UnflushedBytes + (_advanced ? _count : 0);

    public void Announce(BlobReader reader, long offset, int count)
    {
        RequireFlushed();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, BlobBytes);
        (_blob, _offset, _count) = (reader, offset, count);
    }

    public bool Accepts(Memory<byte> memory)
    {
        if (MemoryMarshal.TryGetArray<byte>(memory, out var array) && array.Array == StandIn)
            return true;
        _blob = null;
        return false;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        RequireFlushed();
        return _blob is not null && sizeHint == _count
            ? StandIn.AsMemory(0, _count)
            : _written.Writer.GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        RequireFlushed();
        if (_blob is null)
            _written.Writer.Advance(bytes);
        else if (bytes == _count)
            _advanced = true;
        else
            throw new InvalidOperationException("What was announced of a blob is sent whole.");
    }

    // Once begun it is not cancelled: the client would get a part. The end of the connection ends it.
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await SendWrittenAsync();
            if (_advanced)
                await SendBlobAsync(_blob!, _offset, _count);
            return default;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _shut(e);
            return new FlushResult(isCanceled: false, isCompleted: true);
        }
        finally
        {
            _blob = null;
            _advanced = false;
        }
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
        _shut(exception);
        _written.Writer.Complete();
        _written.Reader.Complete();
    }

    private async ValueTask SendWrittenAsync()
    {
        await _written.Writer.FlushAsync();
        if (!_written.Reader.TryRead(out var read))
            return;
        var bytes = read.Buffer;
        if (bytes.IsSingleSegment)
        {
            for (var left = bytes.First; !left.IsEmpty;)
                left = left[await _socket.SendAsync(left, SocketFlags.None)..];
        }
        else
        {
            foreach (var segment in bytes)
            {
                if (MemoryMarshal.TryGetArray(segment, out var array) && array.Count > 0)
                    _segments.Add(array);
            }
            await _socket.SendAsync(_segments, SocketFlags.None);
            _segments.Clear();
        }
        _written.Reader.AdvanceTo(bytes.End);
    }

    private async ValueTask SendBlobAsync(BlobReader blob, long offset, int count)
    {
        while (count > 0)
        {
            var sent = blob.SendCached(_socket.SafeHandle, offset, count);
            if (sent < 0)
                sent = await blob.SendAsync(_socket.SafeHandle, offset, count);
            // The socket is full: an ordinary send waits.
            if (sent == 0)
                sent = await CopyAsync(blob, offset, Math.Min(count, CopySize));
            offset += sent;
            count -= sent;
        }
    }

    private async ValueTask<int> CopyAsync(BlobReader blob, long offset, int count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(count);
        try
        {
            var read = await blob.ReadAsync(offset, buffer.AsMemory(0, count), CancellationToken.None);
            if (read == 0)
                throw new InvalidDataException($"A blob ends at {offset}; more of it is referenced.");
            for (ReadOnlyMemory<byte> left = buffer.AsMemory(0, read); !left.IsEmpty;)
                left = left[await _socket.SendAsync(left, SocketFlags.None)..];
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RequireFlushed()
    {
        if (_advanced)
            throw new InvalidOperationException("What was announced of a blob is flushed before more is written.");
    }
}
