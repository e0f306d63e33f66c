using CasStore.Events.Log;

namespace CasStore.Events.Buckets;

/// <summary>A bucket was made.</summary>
/// <param name="BucketId">Position of this event: never reused, so a bucket made anew is another bucket.</param>
/// <param name="Name">Bucket name.</param>
/// <param name="Owner">Canonical id of the owner.</param>
/// <param name="Region">Region named by the client, or the store's.</param>
public sealed record BucketCreated(long BucketId, string Name, string Owner, string Region) : IEvent;

/// <summary>An empty bucket was deleted; its open uploads ended with it.</summary>
public sealed record BucketDeleted(long BucketId, string Name) : IEvent;

/// <summary>Versioning was enabled or suspended; it never ends.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Status">Enabled or Suspended.</param>
public sealed record BucketVersioningSet(long BucketId, VersioningStatus Status) : IEvent;

/// <summary>Object lock was enabled, or its default retention changed; it never ends.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Default">Retention of new versions that come without one, or null for none.</param>
public sealed record BucketObjectLockSet(long BucketId, DefaultRetention? Default) : IEvent;

/// <summary>A configuration of the bucket was set, or replaced.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Name">Which one: a member of <see cref="BucketConfigurationName"/>.</param>
/// <param name="Document">The validated document, as the Api reads and shows it.</param>
public sealed record BucketConfigurationSet(long BucketId, string Name, string Document) : IEvent;

/// <summary>A configuration of the bucket that existed was removed.</summary>
public sealed record BucketConfigurationRemoved(long BucketId, string Name) : IEvent;
