using CasStore.Events.Access;
using CasStore.Events.Buckets;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;

namespace CasStore.Events.Log;

/// <summary>What deciding a bucket command needs to know of a bucket.</summary>
public sealed record BucketState(long Id, string Name, string Owner, bool IsEmpty);

/// <summary>What deciding a write needs to know of its bucket.</summary>
public sealed record BucketSettings(
    long Id,
    VersioningStatus Versioning,
    bool ObjectLock,
    DefaultRetention? DefaultRetention,
    IReadOnlySet<string> Configurations);

/// <summary>What deciding an access command needs to know of a user.</summary>
public sealed record UserState(string UserId, string Name, bool OwnsBuckets);

/// <summary>What deciding an access command needs to know of an access key.</summary>
public sealed record AccessKeyState(string AccessKey, string UserId, bool IsActive);

/// <summary>
/// The state at a position, as far as the commands of one batch declared that they need it. Loaded once per batch,
/// then kept current by <see cref="Evolve"/> as the batch's commands are decided in order.
/// </summary>
public sealed class WriteState
{
    private readonly Dictionary<string, BucketState> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<long, BucketSettings> _bucketSettings = [];
    private readonly ObjectStates _objects = new();
    private readonly HashSet<string> _openUploads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserState> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _userNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccessKeyState> _accessKeys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _streamVersions = new(StringComparer.Ordinal);
    private readonly StateNeeds _needs;

    internal WriteState(StateNeeds needs, long position, DateTimeOffset now)
    {
        _needs = needs;
        Position = position;
        Now = now;
    }

    /// <summary>When what is decided is recorded.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Position of the newest event, those of this batch included.</summary>
    public long Position { get; private set; }

    public void Add(BucketState bucket) => _buckets[bucket.Name] = bucket;

    public void Add(BucketSettings settings) => _bucketSettings[settings.Id] = settings;

    /// <summary>Adds the next older version of a key, beginning with the newest.</summary>
    public void AddNewest(long bucketId, string key, ObjectState state) => _objects.AddNewest(bucketId, key, state);

    public void AddVersion(long bucketId, string key, ObjectState state) => _objects.AddVersion(bucketId, key, state);

    public void AddOpenUpload(string uploadId) => _openUploads.Add(uploadId);

    public void Add(UserState user)
    {
        _users[user.UserId] = user;
        _userNames.Add(user.Name);
    }

    public void AddUserName(string name) => _userNames.Add(name);

    public void Add(AccessKeyState key) => _accessKeys[key.AccessKey] = key;

    public void AddStream(string stream, long version) => _streamVersions[stream] = version;

    internal BucketState? FindBucket(string name) => Declared(_needs.BucketNames, name)
        ? _buckets.GetValueOrDefault(name) : null;

    internal BucketSettings? FindBucketSettings(long id) => Declared(_needs.BucketIds, id)
        ? _bucketSettings.GetValueOrDefault(id) : null;

    internal bool BucketExists(long id) => FindBucketSettings(id) is not null;

    internal ObjectState? FindNewest(long bucketId, string key) =>
        _needs.Objects.ContainsKey((bucketId, key)) ? _objects.FindNewest(bucketId, key) : throw Undeclared(key);

    internal ObjectState? FindVersion(long bucketId, string key, string versionId) =>
        Declared(_needs.Versions, (bucketId, key, versionId)) ? _objects.FindVersion(bucketId, key, versionId) : null;

    internal bool UploadIsOpen(string uploadId) =>
        Declared(_needs.Uploads, uploadId) && _openUploads.Contains(uploadId);

    internal UserState? FindUser(string userId) => Declared(_needs.UserIds, userId)
        ? _users.GetValueOrDefault(userId) : null;

    internal bool UserNameTaken(string name) => Declared(_needs.UserNames, name) && _userNames.Contains(name);

    internal AccessKeyState? FindAccessKey(string accessKey) => Declared(_needs.AccessKeys, accessKey)
        ? _accessKeys.GetValueOrDefault(accessKey) : null;

    /// <summary>The version that the next event of a stream gets.</summary>
    internal long NextVersion(StreamEvent @event)
    {
        if (@event.StartsStream)
            return 1;
        // A stream that this batch began is known without having been looked up.
        if (_streamVersions.TryGetValue(@event.Stream, out var version))
            return version + 1;
        Declared(_needs.Streams, @event.Stream);
        return 1;
    }

    /// <summary>Takes in an event that was just decided.</summary>
    internal void Evolve(RecordedEvent recorded)
    {
        Position = recorded.Position;
        _streamVersions[recorded.Stream] = recorded.StreamVersion;
        switch (recorded.Event)
        {
            case BucketCreated created:
                Add(new BucketState(created.BucketId, created.Name, created.Owner, IsEmpty: true));
                Add(new BucketSettings(
                    created.BucketId, VersioningStatus.Off, ObjectLock: false, DefaultRetention: null,
                    new HashSet<string>(StringComparer.Ordinal)));
                break;
            case BucketDeleted deleted:
                _buckets.Remove(deleted.Name);
                _bucketSettings.Remove(deleted.BucketId);
                break;
            case UploadStarted started:
                _openUploads.Add(started.UploadId);
                break;
            case UploadCompleted completed:
                _openUploads.Remove(completed.UploadId);
                break;
            case UploadAborted aborted:
                _openUploads.Remove(aborted.UploadId);
                break;
            default:
                EvolveObjects(recorded);
                EvolveSettings(recorded.Event);
                EvolveAccess(recorded.Event);
                break;
        }
    }

    private void EvolveObjects(RecordedEvent recorded)
    {
        switch (recorded.Event)
        {
            case ObjectCreated e:
                _objects.Create(e.BucketId, e.Key, new ObjectState(
                    e.VersionId ?? VersionId.Null, IsDeleteMarker: false, e.Content.ETag, e.Content.Size,
                    recorded.OccurredAt)
                { Retention = e.Retention, LegalHold = e.LegalHold == true });
                break;
            case DeleteMarkerCreated e:
                _objects.Create(e.BucketId, e.Key, new ObjectState(
                    e.VersionId, IsDeleteMarker: true, "", 0, recorded.OccurredAt));
                break;
            case ObjectDeleted e:
                _objects.Remove(e.BucketId, e.Key, VersionId.Null);
                break;
            case ObjectVersionDeleted e:
                _objects.Remove(e.BucketId, e.Key, e.VersionId);
                break;
            case ObjectRetentionSet e:
                _objects.Change(e.BucketId, e.Key, e.VersionId, old => old with { Retention = e.Retention });
                break;
            case ObjectLegalHoldSet e:
                _objects.Change(e.BucketId, e.Key, e.VersionId, old => old with { LegalHold = e.On });
                break;
        }
    }

    private void EvolveSettings(IEvent @event)
    {
        switch (@event)
        {
            case BucketVersioningSet set:
                Change(set.BucketId, settings => settings with { Versioning = set.Status });
                break;
            case BucketObjectLockSet set:
                Change(set.BucketId, settings =>
                    settings with { ObjectLock = true, DefaultRetention = set.Default });
                break;
            case BucketConfigurationSet set:
                Change(set.BucketId, settings => settings with
                {
                    Configurations = settings.Configurations.Append(set.Name).ToHashSet(StringComparer.Ordinal),
                });
                break;
            case BucketConfigurationRemoved removed:
                Change(removed.BucketId, settings => settings with
                {
                    Configurations = settings.Configurations.Where(name => name != removed.Name)
                        .ToHashSet(StringComparer.Ordinal),
                });
                break;
        }
    }

    private void Change(long bucketId, Func<BucketSettings, BucketSettings> change)
    {
        if (_bucketSettings.TryGetValue(bucketId, out var settings))
            _bucketSettings[bucketId] = change(settings);
    }

    private void EvolveAccess(IEvent @event)
    {
        switch (@event)
        {
            case UserAdded added:
                Add(new UserState(added.UserId, added.Name, OwnsBuckets: false));
                break;
            case UserRemoved removed:
                _users.Remove(removed.UserId);
                _userNames.Remove(removed.Name);
                foreach (var key in _accessKeys.Values.Where(key => key.UserId == removed.UserId).ToList())
                    _accessKeys.Remove(key.AccessKey);
                break;
            case AccessKeyCreated created:
                Add(new AccessKeyState(created.AccessKey, created.UserId, IsActive: true));
                break;
            case AccessKeyDeactivated off:
                Add(new AccessKeyState(off.AccessKey, off.UserId, IsActive: false));
                break;
            case AccessKeyActivated on:
                Add(new AccessKeyState(on.AccessKey, on.UserId, IsActive: true));
                break;
            case AccessKeyDeleted deleted:
                _accessKeys.Remove(deleted.AccessKey);
                break;
        }
    }

    /// <summary>Absent must mean "does not exist", never "was not loaded".</summary>
    private static bool Declared<T>(HashSet<T> declared, T wanted) =>
        declared.Contains(wanted) ? true : throw Undeclared(wanted);

    private static InvalidOperationException Undeclared<T>(T wanted) =>
        new($"A command decided on {wanted}, which it had not declared.");
}
