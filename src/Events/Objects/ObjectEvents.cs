using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>An object got new content: by a PUT, a copy or a completed upload.</summary>
public sealed record ObjectCreated : IEvent
{
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>Canonical id of the identity that wrote it.</summary>
    public required string Owner { get; init; }

    public required ObjectContent Content { get; init; }
    public required ObjectMetadata Metadata { get; init; }

    /// <summary><c>bucket/key</c> of the source when the object is a copy.</summary>
    public string? CopySource { get; init; }

    /// <summary>The multipart upload that made it.</summary>
    public string? UploadId { get; init; }
}

/// <summary>An object that existed was deleted.</summary>
public sealed record ObjectDeleted(long BucketId, string Key) : IEvent;
