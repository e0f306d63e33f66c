namespace CasStore.Tests.Integration.Harness;

/// <summary>A long body that takes no memory: a random block over and over, each copy marked with its number.</summary>
internal sealed class RepeatingStream(long length, int seed) : Stream
{
    private const int BlockSize = 64 * 1024;
    private readonly byte[] _block = TestData.Bytes(BlockSize, seed);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var within = (int)(Position % BlockSize);
        if (within == 0)
            BitConverter.TryWriteBytes(_block, Position / BlockSize);
        var count = (int)Math.Min(Math.Min(buffer.Length, BlockSize - within), length - Position);
        _block.AsSpan(within, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };
        // A position inside a block needs that block's mark.
        BitConverter.TryWriteBytes(_block, Position / BlockSize);
        return Position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
