using System.Security.Cryptography;
using CasStore.BlobCas.Hashing.XxHash;

namespace CasStore.BlobCas.Hashing;

/// <summary>One of S3's checksums, incrementally. Not safe for concurrent use.</summary>
public abstract class Checksum : IDisposable
{
    private protected Checksum()
    {
    }

    /// <summary>A checksum of nothing yet.</summary>
    public static Checksum Create(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => new CrcChecksum(ReflectedCrc.Crc32),
        ChecksumAlgorithm.Crc32C => new CrcChecksum(ReflectedCrc.Crc32C),
        ChecksumAlgorithm.Crc64Nvme => new CrcChecksum(ReflectedCrc.Crc64Nvme),
        ChecksumAlgorithm.Md5 => new DigestChecksum(HashAlgorithmName.MD5),
        ChecksumAlgorithm.Sha1 => new DigestChecksum(HashAlgorithmName.SHA1),
        ChecksumAlgorithm.Sha256 => new DigestChecksum(HashAlgorithmName.SHA256),
        ChecksumAlgorithm.Sha512 => new DigestChecksum(HashAlgorithmName.SHA512),
        ChecksumAlgorithm.XxHash64 => new XxHash64Checksum(),
        ChecksumAlgorithm.XxHash3 => new XxHash3Checksum(wide: false),
        ChecksumAlgorithm.XxHash128 => new XxHash3Checksum(wide: true),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown checksum algorithm."),
    };

    /// <summary>Sums more bytes.</summary>
    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>The checksum, big-endian as S3 encodes it in base64; the next append starts a new one.</summary>
    public abstract byte[] Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    private protected virtual void Dispose(bool disposing)
    {
    }
}
