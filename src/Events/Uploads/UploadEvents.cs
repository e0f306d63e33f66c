using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Events.Uploads;

/// <summary>A multipart upload was started.</summary>
public sealed record UploadStarted : IEvent
{
    public required string UploadId { get; init; }
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>Canonical id of the identity that started it.</summary>
    public required string Initiator { get; init; }

    public required ObjectMetadata Metadata { get; init; }

    /// <summary>Algorithm of the parts' checksums (CRC32, …), or null.</summary>
    public string? ChecksumAlgorithm { get; init; }

    /// <summary>FULL_OBJECT or COMPOSITE, or null without an algorithm.</summary>
    public string? ChecksumType { get; init; }

    /// <summary>Canonical id of the object's owner to be; null for the initiator.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<ObjectTag>? Tags { get; init; }

    /// <summary>Access control list of the object to be; null for the owner's alone.</summary>
    public string? Acl { get; init; }

    public ObjectRetention? Retention { get; init; }

    /// <summary>Null when the client does not say.</summary>
    public bool? LegalHold { get; init; }
}

/// <summary>A part was uploaded or copied; it replaces an earlier part of the same number.</summary>
public sealed record PartUploaded(string UploadId, int PartNumber, PartContent Content) : IEvent;

/// <summary>An upload ended in an object: <see cref="ObjectCreated"/> follows in the same command.</summary>
/// <param name="UploadId">The upload.</param>
/// <param name="ETag">ETag of the object made, unquoted.</param>
public sealed record UploadCompleted(string UploadId, string ETag) : IEvent;

/// <summary>An upload was given up; its parts are no longer referenced.</summary>
public sealed record UploadAborted(string UploadId) : IEvent;

/// <summary>What a part holds.</summary>
public sealed record PartContent
{
    /// <summary>Bytes in the part.</summary>
    public required long Size { get; init; }

    /// <summary>MD5 in hexadecimal, unquoted.</summary>
    public required string ETag { get; init; }

    /// <summary>The bytes in order; empty for an empty part.</summary>
    public required IReadOnlyList<Extent> Extents { get; init; }

    /// <summary>The part's own checksum, or null.</summary>
    public ObjectChecksum? Checksum { get; init; }
}
