using CasStore.Events.Objects;

namespace CasStore.Projections.Objects;

/// <summary>A version of an object as it stands in a bucket.</summary>
public sealed record ObjectVersion
{
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>See <see cref="Events.Objects.VersionId"/>; the null version's where there is no versioning.</summary>
    public required string VersionId { get; init; }

    /// <summary>Whether it is a delete marker: then it has no content.</summary>
    public required bool IsDeleteMarker { get; init; }

    /// <summary>Canonical id of the identity that wrote it.</summary>
    public required string Owner { get; init; }

    /// <summary>UTC, to the microsecond; S3 shows seconds in headers and milliseconds in listings.</summary>
    public required DateTimeOffset LastModified { get; init; }

    public required ObjectContent Content { get; init; }
    public required ObjectMetadata Metadata { get; init; }

    public IReadOnlyList<ObjectTag> Tags { get; init; } = [];

    /// <summary>Access control list in the Api's form; null for the owner's alone.</summary>
    public string? Acl { get; init; }

    public ObjectRetention? Retention { get; init; }

    /// <summary>Null when it was never under one.</summary>
    public bool? LegalHold { get; init; }
}
