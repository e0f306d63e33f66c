using System.Buffers.Binary;
using System.Security.Cryptography;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>Checksums of small bodies that are held whole. Objects are hashed by the blob store while they stream.</summary>
internal static class Digest
{
    private static readonly ulong[] s_crc32 = Table(0xEDB88320);
    private static readonly ulong[] s_crc32C = Table(0x82F63B78);
    private static readonly ulong[] s_crc64Nvme = Table(0x9A6C9329AC4BC9B5);

    /// <summary>The checksum of <paramref name="data"/>, big-endian.</summary>
    public static byte[] Of(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> data)
    {
        switch (algorithm)
        {
            case ChecksumAlgorithm.Sha1:
                return SHA1.HashData(data);
            case ChecksumAlgorithm.Sha256:
                return SHA256.HashData(data);
            case ChecksumAlgorithm.Crc64Nvme:
                var eight = new byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(eight, Crc(s_crc64Nvme, ulong.MaxValue, data));
                return eight;
            default:
                var table = algorithm == ChecksumAlgorithm.Crc32 ? s_crc32 : s_crc32C;
                var four = new byte[sizeof(uint)];
                BinaryPrimitives.WriteUInt32BigEndian(four, (uint)Crc(table, uint.MaxValue, data));
                return four;
        }
    }

    private static ulong Crc(ulong[] table, ulong ones, ReadOnlySpan<byte> data)
    {
        var crc = ones;
        foreach (var value in data)
            crc = table[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc ^ ones;
    }

    private static ulong[] Table(ulong polynomial)
    {
        var table = new ulong[256];
        for (var i = 0UL; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
            table[i] = crc;
        }

        return table;
    }
}
