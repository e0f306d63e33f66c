namespace CasStore.BlobCas.Staging;

/// <summary>What is known of a body once it is read: MD5 and checksum as in <see cref="StagedBlob"/>.</summary>
internal readonly record struct StagedHashes(BlobDigest Digest, long Length, byte[] Md5, byte[]? Checksum);
