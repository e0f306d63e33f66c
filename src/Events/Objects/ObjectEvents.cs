using CasStore.Events.Log;

namespace CasStore.Events.Objects;

/// <summary>An object got new content: by a PUT, a copy or a completed upload.</summary>
public sealed record ObjectCreated : IEvent
{
    public required long BucketId { get; init; }
    public required string Key { get; init; }

    /// <summary>Canonical id of the identity that owns it.</summary>
    public required string Owner { get; init; }

    public required ObjectContent Content { get; init; }
    public required ObjectMetadata Metadata { get; init; }

    /// <summary><c>bucket/key</c> of the source when the object is a copy.</summary>
    public string? CopySource { get; init; }

    /// <summary>The multipart upload that made it.</summary>
    public string? UploadId { get; init; }

    /// <summary>
    /// Set when it is decided: the version made (see <see cref="Objects.VersionId"/>), or null in a bucket that was
    /// never versioned, where it replaces the key's only version.
    /// </summary>
    public string? VersionId { get; init; }

    public IReadOnlyList<ObjectTag>? Tags { get; init; }

    /// <summary>Access control list, in the Api's form; null for the owner's alone.</summary>
    public string? Acl { get; init; }

    /// <summary>The bucket's default, when the client gives none.</summary>
    public ObjectRetention? Retention { get; init; }

    /// <summary>Null when the client does not say.</summary>
    public bool? LegalHold { get; init; }
}

/// <summary>An object that existed was deleted from a bucket that was never versioned.</summary>
public sealed record ObjectDeleted(long BucketId, string Key) : IEvent;

/// <summary>A delete marker became the newest version of a key.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Key">The key, whether or not it had versions.</param>
/// <param name="Owner">Canonical id of the identity that deleted.</param>
/// <param name="VersionId">The marker's own; the null version where versioning is suspended.</param>
public sealed record DeleteMarkerCreated(long BucketId, string Key, string Owner, string VersionId) : IEvent;

/// <summary>A version was deleted for good. If it was the newest, the one before it is that now.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Key">The key.</param>
/// <param name="VersionId">The version.</param>
/// <param name="DeleteMarker">True when the version was a delete marker, otherwise null.</param>
public sealed record ObjectVersionDeleted(long BucketId, string Key, string VersionId, bool? DeleteMarker) : IEvent;

/// <summary>The tags of a version were replaced; by none, when the list is empty.</summary>
public sealed record ObjectTagged(long BucketId, string Key, string VersionId, IReadOnlyList<ObjectTag> Tags) : IEvent;

/// <summary>The access control list of a version was replaced.</summary>
public sealed record ObjectAclSet(long BucketId, string Key, string VersionId, string Acl) : IEvent;

/// <summary>The retention of a version was set, or ended when it is null.</summary>
public sealed record ObjectRetentionSet(
    long BucketId, string Key, string VersionId, ObjectRetention? Retention) : IEvent;

/// <summary>A version was put under legal hold, or released.</summary>
public sealed record ObjectLegalHoldSet(long BucketId, string Key, string VersionId, bool On) : IEvent;
