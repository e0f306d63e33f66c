using CasStore.BlobCas;

namespace CasStore.Events.Objects;

/// <summary>A run of bytes of one blob: the unit in which an object names its bytes.</summary>
/// <param name="Blob">The blob that holds the bytes.</param>
/// <param name="Offset">First byte within the blob.</param>
/// <param name="Length">Number of bytes, at least 1.</param>
public sealed record Extent(BlobDigest Blob, long Offset, long Length);

/// <summary>A checksum, kept as S3 shows it: the client's, or else CRC64NVME.</summary>
/// <param name="Algorithm">
/// CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH64, XXHASH3 or XXHASH128.
/// </param>
/// <param name="Value">Base64 of the big-endian digest; composite values end in <c>-N</c>.</param>
/// <param name="Type">FULL_OBJECT or COMPOSITE.</param>
public sealed record ObjectChecksum(string Algorithm, string Value, string Type);

/// <summary>One part of an object that was put by a multipart upload.</summary>
/// <param name="Number">Part number, 1 to 10,000.</param>
/// <param name="Size">Bytes in the part.</param>
/// <param name="ETag">MD5 of the part, hexadecimal, unquoted.</param>
/// <param name="Checksum">Base64 checksum of the part in the upload's algorithm, if any.</param>
public sealed record ObjectPart(int Number, long Size, string ETag, string? Checksum);

/// <summary>What an object holds: its length, its validators and where its bytes are.</summary>
public sealed record ObjectContent
{
    /// <summary>Total length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>S3 ETag without quotes: MD5 in hexadecimal, or MD5 of binary part MD5s and <c>-N</c>.</summary>
    public required string ETag { get; init; }

    /// <summary>The bytes in order; empty for an empty object.</summary>
    public required IReadOnlyList<Extent> Extents { get; init; }

    /// <summary>The parts in order, or null when the object was not put by a multipart upload.</summary>
    public IReadOnlyList<ObjectPart>? Parts { get; init; }

    /// <summary>The stored checksum, or null.</summary>
    public ObjectChecksum? Checksum { get; init; }
}

/// <summary>What a client says about an object and gets back unchanged. Null means that it was not given.</summary>
public sealed record ObjectMetadata
{
    public string? ContentType { get; init; }
    public string? CacheControl { get; init; }
    public string? ContentDisposition { get; init; }
    public string? ContentEncoding { get; init; }
    public string? ContentLanguage { get; init; }

    /// <summary>The Expires header as sent.</summary>
    public string? Expires { get; init; }

    public string? WebsiteRedirectLocation { get; init; }

    /// <summary>Null means STANDARD.</summary>
    public string? StorageClass { get; init; }

    /// <summary>User metadata: names without <c>x-amz-meta-</c>, lower case, in ordinal order.</summary>
    public IReadOnlyDictionary<string, string>? User { get; init; }
}
