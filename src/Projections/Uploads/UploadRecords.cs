using CasStore.Events.Objects;
using CasStore.Events.Uploads;

namespace CasStore.Projections.Uploads;

/// <summary>A multipart upload.</summary>
public sealed record Upload
{
    public required string UploadId { get; init; }
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>Canonical id of the identity that started it.</summary>
    public required string Initiator { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required ObjectMetadata Metadata { get; init; }
    public string? ChecksumAlgorithm { get; init; }
    public string? ChecksumType { get; init; }

    /// <summary>Unquoted ETag of the object made when the upload is completed, else null.</summary>
    public string? CompletedETag { get; init; }

    /// <summary>Canonical id of the object's owner to be.</summary>
    public required string Owner { get; init; }

    public IReadOnlyList<ObjectTag>? Tags { get; init; }
    public string? Acl { get; init; }
    public ObjectRetention? Retention { get; init; }
    public bool? LegalHold { get; init; }

    /// <summary>Whether parts may still be added.</summary>
    public required bool IsOpen { get; init; }
}

/// <summary>A part of an open upload.</summary>
public sealed record UploadedPart(int Number, PartContent Content, DateTimeOffset LastModified);

/// <summary>What uploads to list; markers are exclusive, as in S3's ListMultipartUploads.</summary>
public sealed record ListUploadsRequest(
    long BucketId, string Prefix, string? Delimiter, string? KeyMarker, string? UploadIdMarker, int Limit);

/// <summary>An open upload as a listing shows it.</summary>
public sealed record ListedUpload(
    string Key,
    string UploadId,
    string Initiator,
    DateTimeOffset StartedAt,
    string? StorageClass,
    string? ChecksumAlgorithm,
    string? ChecksumType);

/// <summary>One page of open uploads in byte order of (key, start); markers are null when nothing follows.</summary>
public sealed record UploadPage(
    IReadOnlyList<ListedUpload> Uploads,
    IReadOnlyList<string> CommonPrefixes,
    string? NextKeyMarker,
    string? NextUploadIdMarker);
