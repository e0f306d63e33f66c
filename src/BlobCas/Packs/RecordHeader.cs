using System.Buffers.Binary;
using CasStore.BlobCas.Hashing;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The 64 bytes before each blob of a segment, little-endian: magic, flags (none yet), the segment's incarnation,
/// digest, ordinal, unit, length, CRC-32C of all that. Records begin at multiples of 64 bytes, so no header lies in two
/// sectors.
/// </summary>
/// <param name="Incarnation">The segment's: a record of an earlier use of the file has another one.</param>
/// <param name="Ordinal">Counts the segment's records.</param>
/// <param name="Unit">Where the record is, in units of 64 bytes.</param>
/// <param name="Length">Bytes of the blob.</param>
/// <param name="Digest">The blob's digest.</param>
internal readonly record struct RecordHeader(
    ulong Incarnation, uint Ordinal, uint Unit, int Length, BlobDigest Digest)
{
    public const int Size = 64;

    /// <summary>Records begin at multiples of it.</summary>
    public const int UnitSize = 64;

    private const uint Magic = 0x4B505343; // "CSPK"
    private const int CheckedSize = 60;

    /// <summary>Bytes that the record takes, header and padding included.</summary>
    public int Space => SpaceFor(Length);

    /// <summary>Where the record begins in its segment.</summary>
    public long Offset => (long)Unit * UnitSize;

    public static int SpaceFor(int length) => (Size + length + UnitSize - 1) & -UnitSize;

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Incarnation);
        Digest.CopyTo(bytes[16..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[48..], Ordinal);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[52..], Unit);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[56..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CheckedSize..], Check(bytes[..CheckedSize]));
    }

    /// <summary>Reads a header; false when the bytes are not a whole, undamaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) != 0
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckedSize..]) != Check(bytes[..CheckedSize]))
        {
            return false;
        }
        header = new RecordHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[48..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[56..]),
            new BlobDigest(bytes.Slice(16, BlobDigest.Size)));
        return header.Length is >= 0 and <= BlobStoreOptions.MaxPackLimit;
    }

    private static uint Check(ReadOnlySpan<byte> bytes) =>
        (uint)ReflectedCrc.Crc32C.Finish(ReflectedCrc.Crc32C.Append(ReflectedCrc.Crc32C.Start, bytes));
}
