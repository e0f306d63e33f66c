namespace CasStore.BlobCas;

/// <summary>Blobs by digest in a hash-sharded directory: <c>blobs/ab/cd/&lt;64 hex&gt;</c>.</summary>
public sealed class BlobStore
{
    /// <summary>Opens (or makes) the store below <paramref name="directory"/> and removes leftover staging files.</summary>
    public static BlobStore Open(string directory) => throw new NotImplementedException();

    /// <summary>
    /// Reads <paramref name="content"/> to its end into a staging file, hashing it in the same pass: BLAKE3, MD5 and,
    /// if asked, one checksum. Memory is bounded whatever the length. Exceptions of the stream pass through, and the
    /// staging file is gone then.
    /// </summary>
    public Task<StagedBlob> StageAsync(Stream content, ChecksumAlgorithm? checksum, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Opens a blob for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public BlobReader OpenRead(BlobDigest digest) => throw new NotImplementedException();

    /// <summary>Removes a blob durably; false when there was none.</summary>
    public bool Delete(BlobDigest digest) => throw new NotImplementedException();

    /// <summary>Writes, flushes and removes a small file: throws when the disk cannot take blobs.</summary>
    public void CheckWritable() => throw new NotImplementedException();
}

/// <summary>Bytes read and hashed, but not yet durable. Disposing it unsealed removes it.</summary>
public sealed class StagedBlob : IDisposable
{
    public BlobDigest Digest { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>16 bytes.</summary>
    public byte[] Md5 { get; } = [];

    /// <summary>The checksum asked for (big-endian), or null.</summary>
    public byte[]? Checksum { get; }

    /// <summary>Makes the blob durable under its digest: file and directories are flushed when this completes.</summary>
    public Task SealAsync(CancellationToken cancel) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <summary>Reads one blob at any offset; safe for concurrent use.</summary>
public sealed class BlobReader : IDisposable
{
    /// <summary>Bytes.</summary>
    public long Length { get; }

    /// <summary>Fills the buffer from <paramref name="offset"/> as far as the blob goes; returns the bytes read.</summary>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancel) =>
        throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <summary>The checksums of S3's API_Checksum that the store computes.</summary>
public enum ChecksumAlgorithm
{
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}
