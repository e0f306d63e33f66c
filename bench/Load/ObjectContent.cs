using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CasStore.Bench.Load;

/// <summary>
/// Contents of one size, told apart by numbers: blocks of the same random bytes, each beginning with a stamp of the
/// content's number and the block's position. So no two are alike, and none is kept.
/// </summary>
internal sealed class ObjectContent
{
    public const int Smallest = 2 * sizeof(long);
    private const int LargestBlock = 256 * 1024, StampBytes = 2 * sizeof(long);
    private readonly byte[] _block;

    public ObjectContent(long size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, Smallest);
        Size = size;
        _block = new byte[Math.Min(size, LargestBlock)];
        Random.Shared.NextBytes(_block);
    }

    public long Size { get; }

    public int BlockBytes => _block.Length;

    public void CopyBlock(Span<byte> destination) => _block.CopyTo(destination);

    /// <summary>Makes a copied block the one of a content at a position, and returns its length.</summary>
    public int Stamp(Span<byte> block, long number, long position)
    {
        Span<byte> stamp = stackalloc byte[StampBytes];
        Write(stamp, number, position);
        var length = (int)Math.Min(_block.Length, Size - position);
        stamp[..Math.Min(length, StampBytes)].CopyTo(block);
        return length;
    }

    /// <summary>Whether bytes are a content's at a position.</summary>
    public bool Matches(long number, long position, ReadOnlySpan<byte> bytes)
    {
        Span<byte> stamp = stackalloc byte[StampBytes];
        while (!bytes.IsEmpty)
        {
            var at = (int)(position % _block.Length);
            Write(stamp, number, position - at);
            ReadOnlySpan<byte> expected = at < StampBytes ? stamp[at..] : _block.AsSpan(at);
            var count = Math.Min(bytes.Length, expected.Length);
            if (!bytes[..count].SequenceEqual(expected[..count]))
                return false;
            position += count;
            bytes = bytes[count..];
        }
        return true;
    }

    /// <summary>A content's digest, in hexadecimal.</summary>
    public string Digest(HashAlgorithmName algorithm, long number)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var block = _block.ToArray();
        for (var position = 0L; position < Size; position += block.Length)
            hash.AppendData(block, 0, Stamp(block, number, position));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(Span<byte> stamp, long number, long position)
    {
        BinaryPrimitives.WriteInt64LittleEndian(stamp, number);
        BinaryPrimitives.WriteInt64LittleEndian(stamp[sizeof(long)..], position);
    }
}
