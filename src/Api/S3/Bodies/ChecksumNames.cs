using CasStore.BlobCas;

namespace CasStore.Api.S3.Bodies;

/// <summary>What S3 calls the checksum algorithms.</summary>
public static class ChecksumNames
{
    /// <summary>What the names of headers and trailers with a checksum begin with.</summary>
    public const string HeaderPrefix = "x-amz-checksum-";

    /// <summary>What is computed of an object that came without a checksum, as S3 does.</summary>
    public const ChecksumAlgorithm Default = ChecksumAlgorithm.Crc64Nvme;

    /// <summary>All algorithms that the store computes, in the order in which S3 lists them.</summary>
    public static IReadOnlyList<ChecksumAlgorithm> All { get; } =
    [
        ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Md5,
        ChecksumAlgorithm.Sha1, ChecksumAlgorithm.Sha256, ChecksumAlgorithm.Sha512, ChecksumAlgorithm.XxHash128,
        ChecksumAlgorithm.XxHash3, ChecksumAlgorithm.XxHash64,
    ];

    /// <summary>The name in documents and in x-amz-sdk-checksum-algorithm.</summary>
    public static string Name(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32",
        ChecksumAlgorithm.Crc32C => "CRC32C",
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME",
        ChecksumAlgorithm.Md5 => "MD5",
        ChecksumAlgorithm.Sha1 => "SHA1",
        ChecksumAlgorithm.Sha256 => "SHA256",
        ChecksumAlgorithm.Sha512 => "SHA512",
        ChecksumAlgorithm.XxHash64 => "XXHASH64",
        ChecksumAlgorithm.XxHash3 => "XXHASH3",
        ChecksumAlgorithm.XxHash128 => "XXHASH128",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>The name of the header or trailer, lower case.</summary>
    public static string Header(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.Crc32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.Crc64Nvme => "x-amz-checksum-crc64nvme",
        ChecksumAlgorithm.Md5 => "x-amz-checksum-md5",
        ChecksumAlgorithm.Sha1 => "x-amz-checksum-sha1",
        ChecksumAlgorithm.Sha256 => "x-amz-checksum-sha256",
        ChecksumAlgorithm.Sha512 => "x-amz-checksum-sha512",
        ChecksumAlgorithm.XxHash64 => "x-amz-checksum-xxhash64",
        ChecksumAlgorithm.XxHash3 => "x-amz-checksum-xxhash3",
        ChecksumAlgorithm.XxHash128 => "x-amz-checksum-xxhash128",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>The name of the element in documents.</summary>
    public static string Element(string algorithm) => $"Checksum{algorithm}";

    /// <summary>The length of a value in bytes.</summary>
    public static int Size(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C => 4,
        ChecksumAlgorithm.Crc64Nvme or ChecksumAlgorithm.XxHash64 or ChecksumAlgorithm.XxHash3 => 8,
        ChecksumAlgorithm.Md5 or ChecksumAlgorithm.XxHash128 => 16,
        ChecksumAlgorithm.Sha1 => 20,
        ChecksumAlgorithm.Sha256 => 32,
        ChecksumAlgorithm.Sha512 => 64,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Whether the checksum of a whole can be told from those of its parts.</summary>
    public static bool Combines(this ChecksumAlgorithm algorithm) =>
        algorithm is ChecksumAlgorithm.Crc32 or ChecksumAlgorithm.Crc32C or ChecksumAlgorithm.Crc64Nvme;

    /// <summary>Finds the algorithm of a name such as CRC32; case does not matter.</summary>
    public static ChecksumAlgorithm? FromName(ReadOnlySpan<char> name)
    {
        foreach (var algorithm in All)
        {
            if (name.Equals(algorithm.Name(), StringComparison.OrdinalIgnoreCase))
                return algorithm;
        }

        return null;
    }

    /// <summary>Finds the algorithm of a header or trailer name such as x-amz-checksum-crc32.</summary>
    public static ChecksumAlgorithm? FromHeader(ReadOnlySpan<char> header) =>
        header.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            ? FromName(header[HeaderPrefix.Length..])
            : null;
}
