namespace CasStore.Events.Log;

/// <summary>
/// The state that the commands of one batch will look at, collected so that it is read in one round trip.
/// </summary>
public sealed class StateNeeds
{
    public HashSet<string> BucketNames { get; } = new(StringComparer.Ordinal);
    public HashSet<long> BucketIds { get; } = [];

    /// <summary>Keys whose newest version is looked at, and how many of their newest to load.</summary>
    public Dictionary<(long BucketId, string Key), int> Objects { get; } = [];

    public HashSet<(long BucketId, string Key, string VersionId)> Versions { get; } = [];
    public HashSet<string> Uploads { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserIds { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserNames { get; } = new(StringComparer.Ordinal);
    public HashSet<string> AccessKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Streams whose version is needed because events may be appended to them.</summary>
    public HashSet<string> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>Needs the newest version of a key.</summary>
    public void AddObject(long bucketId, string key) => Objects.TryAdd((bucketId, key), 1);

    /// <summary>Needs a version.</summary>
    public void AddVersion(long bucketId, string key, string versionId) => Versions.Add((bucketId, key, versionId));

    /// <summary>Needs a version that may be removed: then the newest is an older one.</summary>
    public void AddRemoval(long bucketId, string key, string versionId)
    {
        AddVersion(bucketId, key, versionId);
        Objects[(bucketId, key)] = Objects.GetValueOrDefault((bucketId, key), 1) + 1;
    }
}
