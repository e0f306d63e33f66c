using System.Buffers.Binary;
using System.Security.Cryptography;
using CasStore.BlobCas.Hashing;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The first 64 bytes of a segment: magic, and the incarnation that its records must have. It is random and durable
/// before the first record: neither old bytes of a recycled file nor what a client makes up can pass for a record.
/// </summary>
internal static class SegmentHeader
{
    public const int Size = 64;

    private const ulong Magic = 0x3130_4753_4B50_5343; // "CSPKSG01"
    private const int CheckedSize = 56;

    public static ulong NewIncarnation()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        // 0 is what no record may have.
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) | 1;
    }

    public static void Write(SafeFileHandle file, ulong incarnation)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], incarnation);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[CheckedSize..], Check(bytes[..CheckedSize]));
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>The incarnation, or null when the header is damaged.</summary>
    public static ulong? Read(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return RandomAccess.Read(file, bytes, 0) == Size
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Magic
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes[CheckedSize..]) == Check(bytes[..CheckedSize])
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])
            : null;
    }

    private static ulong Check(ReadOnlySpan<byte> bytes) =>
        ReflectedCrc.Crc64Nvme.Finish(ReflectedCrc.Crc64Nvme.Append(ReflectedCrc.Crc64Nvme.Start, bytes));
}
