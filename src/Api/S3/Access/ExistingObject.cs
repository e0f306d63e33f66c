using CasStore.Api.S3.Access.Acls;
using CasStore.Projections;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Access;

/// <summary>What of an object that is there says who may do what with it.</summary>
/// <param name="Owner">Canonical id of its owner.</param>
/// <param name="Acl">Its access control list, or null for a private one.</param>
public sealed record ExistingObject(string Owner, AccessControlList? Acl)
{
    /// <summary>The object, or null.</summary>
    public static async ValueTask<ExistingObject?> FindAsync(
        EventStore store, Bucket bucket, string key, string? versionId, CancellationToken cancel) =>
        versionId is null or "null" && await store.Objects.FindAsync(bucket.Id, key, cancel) is { } found
            ? new ExistingObject(found.Owner, Acl: null)
            : null;

    /// <summary>
    /// The tags of the object, for s3:ExistingObjectTag. No operation tags objects yet, so that none has any.
    /// </summary>
    public static ValueTask<IReadOnlyList<(string Key, string Value)>> TagsAsync(
        EventStore store, Bucket bucket, string key, string? versionId, CancellationToken cancel) =>
        new([]);
}
