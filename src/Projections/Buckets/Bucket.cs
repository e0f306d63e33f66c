using CasStore.Events.Buckets;

namespace CasStore.Projections.Buckets;

/// <summary>A bucket that exists.</summary>
/// <param name="Id">Never reused.</param>
/// <param name="Name">Bucket name.</param>
/// <param name="Owner">Canonical id of the owner.</param>
/// <param name="Region">Region given at creation.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
public sealed record Bucket(long Id, string Name, string Owner, string Region, DateTimeOffset CreatedAt)
{
    public VersioningStatus Versioning { get; init; }

    /// <summary>Whether versions may be put under retention and legal hold.</summary>
    public bool ObjectLock { get; init; }

    /// <summary>Retention of new versions that come without one, or null.</summary>
    public DefaultRetention? DefaultRetention { get; init; }

    /// <summary>Position of the newest change to its configurations; 0 when there never was one.</summary>
    public long ConfiguredAt { get; init; }
}
