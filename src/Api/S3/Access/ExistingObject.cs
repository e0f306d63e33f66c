using CasStore.Api.S3.Access.Acls;
using CasStore.Events.Objects;
using CasStore.Projections;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Access;

/// <summary>What of an object that is there says who may do what with it.</summary>
/// <param name="Owner">Canonical id of its owner.</param>
/// <param name="Acl">Its access control list, or null for a private one.</param>
/// <param name="Tags">Its tags.</param>
public sealed record ExistingObject(string Owner, AccessControlList? Acl, IReadOnlyList<ObjectTag> Tags)
{
    /// <summary>The object, or null; a delete marker is none.</summary>
    public static async ValueTask<ExistingObject?> FindAsync(
        EventStore store, Bucket bucket, string key, string? versionId, CancellationToken cancel)
    {
        var found = versionId is null
            ? await store.Objects.FindAsync(bucket.Id, key, cancel)
            : VersionId.IsValid(versionId)
                ? await store.Objects.FindVersionAsync(bucket.Id, key, versionId, cancel)
                : null;
        return found is null or { IsDeleteMarker: true } ? null : new ExistingObject(
            found.Owner,
            found.Acl is { } acl ? AccessControlList.Read(acl) : null,
            found.Tags);
    }
}
