namespace CasStore.BlobCas;

/// <summary>The checksums of S3's API_Checksum that the store computes.</summary>
public enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}
