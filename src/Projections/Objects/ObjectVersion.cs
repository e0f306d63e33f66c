using CasStore.Events.Objects;

namespace CasStore.Projections.Objects;

/// <summary>An object as it stands in a bucket.</summary>
public sealed record ObjectVersion
{
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>Position of the event that made it.</summary>
    public required long Position { get; init; }

    /// <summary>Canonical id of the identity that wrote it.</summary>
    public required string Owner { get; init; }

    /// <summary>UTC, to the microsecond; S3 shows seconds in headers and milliseconds in listings.</summary>
    public required DateTimeOffset LastModified { get; init; }

    public required ObjectContent Content { get; init; }
    public required ObjectMetadata Metadata { get; init; }
}
