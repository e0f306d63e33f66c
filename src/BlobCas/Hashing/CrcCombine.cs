using System.Buffers.Binary;

namespace CasStore.BlobCas.Hashing;

/// <summary>Full-object checksums of multipart uploads: of the parts' checksums, without the bytes.</summary>
public static class CrcCombine
{
    /// <summary>
    /// The checksum (big-endian) of A followed by B, of the checksums of both and the length of B in bytes.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The algorithm is no CRC, a checksum has another length than the algorithm's, or the length is negative.
    /// </exception>
    public static byte[] Combine(
        ChecksumAlgorithm algorithm, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, long secondLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(secondLength);
        var crc = algorithm switch
        {
            ChecksumAlgorithm.Crc32 => ReflectedCrc.Crc32,
            ChecksumAlgorithm.Crc32C => ReflectedCrc.Crc32C,
            ChecksumAlgorithm.Crc64Nvme => ReflectedCrc.Crc64Nvme,
            _ => throw new ArgumentException($"{algorithm} checksums do not combine.", nameof(algorithm)),
        };
        return ToBytes(crc.Combine(FromBytes(first, crc.Size), FromBytes(second, crc.Size), secondLength), crc.Size);
    }

    internal static byte[] ToBytes(ulong checksum, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, checksum);
        return bytes[^size..].ToArray();
    }

    private static ulong FromBytes(ReadOnlySpan<byte> checksum, int size)
    {
        if (checksum.Length != size)
            throw new ArgumentException($"The checksum has {size} bytes, not {checksum.Length}.", nameof(checksum));
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        checksum.CopyTo(bytes[^size..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
