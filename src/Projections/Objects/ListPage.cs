namespace CasStore.Projections.Objects;

/// <summary>What to list.</summary>
/// <param name="BucketId">The bucket.</param>
/// <param name="Prefix">Keys must start with it; empty for all.</param>
/// <param name="Delimiter">Keys that hold it after the prefix are rolled up; null or empty for none.</param>
/// <param name="After">
/// Only keys (and common prefixes) after this in byte order; null from the start. A value that holds the delimiter
/// after the prefix skips the whole of its common prefix.
/// </param>
/// <param name="Limit">Most entries (objects and common prefixes together), 0 to 1,000.</param>
public sealed record ListRequest(long BucketId, string Prefix, string? Delimiter, string? After, int Limit)
{
    /// <summary>Whether the owners of objects are wanted.</summary>
    public bool WithOwner { get; init; }
}

/// <summary>An object as a listing shows it; without its owner, when that was not wanted.</summary>
public sealed record ListedObject(
    string Key,
    long Size,
    string ETag,
    DateTimeOffset LastModified,
    string? Owner,
    string? StorageClass,
    string? ChecksumAlgorithm,
    string? ChecksumType);

/// <summary>One page of a listing.</summary>
/// <param name="Objects">Objects in byte order.</param>
/// <param name="CommonPrefixes">Common prefixes in byte order.</param>
/// <param name="NextAfter">
/// Last key or common prefix of the page when more follow, to be the next <see cref="ListRequest.After"/>; else null.
/// </param>
public sealed record ListPage(
    IReadOnlyList<ListedObject> Objects, IReadOnlyList<string> CommonPrefixes, string? NextAfter);
