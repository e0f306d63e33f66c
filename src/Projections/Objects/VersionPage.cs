namespace CasStore.Projections.Objects;

/// <summary>What versions to list.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Prefix">Keys must start with it; empty for all.</param>
/// <param name="Delimiter">Keys that hold it after the prefix are rolled up; null or empty for none.</param>
/// <param name="KeyMarker">Only what follows this key, or this common prefix; null from the start.</param>
/// <param name="VersionIdMarker">Together with the key: also the key's versions older than this one.</param>
/// <param name="Limit">Most entries (versions and common prefixes together), 0 to 1,000.</param>
public sealed record ListVersionsRequest(
    long BucketId, string Prefix, string? Delimiter, string? KeyMarker, string? VersionIdMarker, int Limit);

/// <summary>A version or a delete marker as a listing shows it.</summary>
/// <param name="Object">Key, size and so on; of a delete marker only key, time and owner mean something.</param>
/// <param name="VersionId">The version.</param>
/// <param name="IsLatest">Whether it is the newest of its key.</param>
/// <param name="IsDeleteMarker">Whether it is a delete marker.</param>
public sealed record ListedVersion(ListedObject Object, string VersionId, bool IsLatest, bool IsDeleteMarker);

/// <summary>One page of versions by key, the newest first; markers are null when nothing follows.</summary>
public sealed record VersionPage(
    IReadOnlyList<ListedVersion> Versions,
    IReadOnlyList<string> CommonPrefixes,
    string? NextKeyMarker,
    string? NextVersionIdMarker);
