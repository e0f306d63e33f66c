using CasStore.Events.Buckets;

namespace CasStore.Events.Objects;

/// <summary>What deciding a command needs to know of a version of an object.</summary>
/// <param name="VersionId">The version.</param>
/// <param name="IsDeleteMarker">Whether it is a delete marker.</param>
/// <param name="ETag">Unquoted.</param>
/// <param name="Size">Bytes.</param>
/// <param name="LastModified">When it was made.</param>
public sealed record ObjectState(
    string VersionId, bool IsDeleteMarker, string ETag, long Size, DateTimeOffset LastModified)
{
    public ObjectRetention? Retention { get; init; }
    public bool LegalHold { get; init; }

    /// <summary>Whether the version may not be deleted.</summary>
    internal bool IsLocked(DateTimeOffset now, bool bypassGovernance) => LegalHold
        || (Retention is { } retention && retention.Until > now
            && (retention.Mode == RetentionMode.Compliance || !bypassGovernance));
}
