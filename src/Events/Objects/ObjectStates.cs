namespace CasStore.Events.Objects;

/// <summary>
/// The versions of objects that the commands of a batch look at. Of each key the newest are held, so many that one is
/// left when all the batch's removals are done: which version is the newest stays known throughout.
/// </summary>
internal sealed class ObjectStates
{
    private readonly Dictionary<(long, string), List<ObjectState>> _newest = [];
    private readonly Dictionary<(long, string, string), ObjectState> _versions = [];

    /// <summary>Adds the next older version of a key, beginning with the newest.</summary>
    public void AddNewest(long bucketId, string key, ObjectState state) => Newest(bucketId, key).Add(state);

    /// <summary>Adds a version that a command names.</summary>
    public void AddVersion(long bucketId, string key, ObjectState state) =>
        _versions[(bucketId, key, state.VersionId)] = state;

    public ObjectState? FindNewest(long bucketId, string key) =>
        _newest.TryGetValue((bucketId, key), out var versions) ? versions.FirstOrDefault() : null;

    public ObjectState? FindVersion(long bucketId, string key, string versionId) =>
        _versions.GetValueOrDefault((bucketId, key, versionId));

    /// <summary>Takes in a version just made; a null version takes the place of another.</summary>
    public void Create(long bucketId, string key, ObjectState state)
    {
        Remove(bucketId, key, state.VersionId);
        Newest(bucketId, key).Insert(0, state);
        AddVersion(bucketId, key, state);
    }

    public void Remove(long bucketId, string key, string versionId)
    {
        Newest(bucketId, key).RemoveAll(version => version.VersionId == versionId);
        _versions.Remove((bucketId, key, versionId));
    }

    /// <summary>Takes in a change of a version, if it is held.</summary>
    public void Change(long bucketId, string key, string versionId, Func<ObjectState, ObjectState> change)
    {
        if (_versions.TryGetValue((bucketId, key, versionId), out var state))
            _versions[(bucketId, key, versionId)] = change(state);
        var versions = Newest(bucketId, key);
        var index = versions.FindIndex(version => version.VersionId == versionId);
        if (index >= 0)
            versions[index] = change(versions[index]);
    }

    private List<ObjectState> Newest(long bucketId, string key)
    {
        if (!_newest.TryGetValue((bucketId, key), out var versions))
            _newest.Add((bucketId, key), versions = []);
        return versions;
    }
}
