namespace CasStore.Tests.Unit.BlobCas;

/// <summary>A stream of so many patterned bytes, in pieces of a given size, that may fail at its end.</summary>
internal sealed class ScriptedStream : Stream
{
    // A prime length, so that no block repeats.
    private static readonly byte[] Pattern = [.. Enumerable.Range(0, 4_093).Select(i => (byte)(i * 31 >> 3))];

    private readonly long _length;
    private readonly int _piece;
    private readonly Func<CancellationToken, Task>? _atEnd;
    private long _position;

    public ScriptedStream(long length, int piece, Func<CancellationToken, Task>? atEnd = null)
    {
        _length = length;
        _piece = piece;
        _atEnd = atEnd;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        Fill(bytes, 0);
        return bytes;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(Math.Min(_piece, buffer.Length), _length - _position);
        if (count == 0)
        {
            if (_atEnd is not null)
                await _atEnd(cancellationToken);
            return 0;
        }
        Fill(buffer.Span[..count], _position);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static void Fill(Span<byte> bytes, long position)
    {
        for (var i = 0; i < bytes.Length; i += Pattern.Length)
        {
            var start = (int)((position + i) % Pattern.Length);
            var rest = bytes[i..];
            var head = Pattern.AsSpan(start);
            head[..Math.Min(head.Length, rest.Length)].CopyTo(rest);
            if (rest.Length > head.Length)
                Pattern.AsSpan(0, Math.Min(start, rest.Length - head.Length)).CopyTo(rest[head.Length..]);
        }
    }
}
