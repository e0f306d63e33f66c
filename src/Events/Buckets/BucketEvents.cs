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
