namespace CasStore.Events.Log;

/// <summary>What deciding a bucket command needs to know of a bucket.</summary>
public sealed record BucketState(long Id, string Name, string Owner, long LiveObjects);

/// <summary>What deciding a conditional write needs to know of an object.</summary>
public sealed record ObjectState(string ETag);

/// <summary>What deciding an access command needs to know of a user.</summary>
public sealed record UserState(string UserId, string Name, long Buckets);

/// <summary>What deciding an access command needs to know of an access key.</summary>
public sealed record AccessKeyState(string AccessKey, string UserId, bool IsActive);

/// <summary>The state that the commands of one batch look at.</summary>
public sealed class StateNeeds
{
    internal void BucketName(string name) => BucketNames.Add(name);
    internal void BucketIsEmpty(string name) => BucketNames.Add(name);
    internal void Bucket(long id) => BucketIds.Add(id);
    internal void Object(long bucketId, string key) => Objects.Add((bucketId, key));
    internal void Upload(string uploadId) => Uploads.Add(uploadId);
    internal void User(string userId, string? name)
    {
        UserIds.Add(userId);
        if (name is not null)
            UserNames.Add(name);
    }
    internal void AccessKey(string accessKey) => AccessKeys.Add(accessKey);

    public HashSet<string> BucketNames { get; } = new(StringComparer.Ordinal);
    public HashSet<long> BucketIds { get; } = [];
    public HashSet<(long BucketId, string Key)> Objects { get; } = [];
    public HashSet<string> Uploads { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserIds { get; } = new(StringComparer.Ordinal);
    public HashSet<string> UserNames { get; } = new(StringComparer.Ordinal);
    public HashSet<string> AccessKeys { get; } = new(StringComparer.Ordinal);
}

/// <summary>The state at a position, as far as a batch's commands declared that they need it.</summary>
public sealed class WriteState
{
    public long Position { get; internal set; }
    internal BucketState? FindBucket(string name) => throw new NotImplementedException();
    internal bool BucketExists(long id) => throw new NotImplementedException();
    internal ObjectState? FindObject(long bucketId, string key) => throw new NotImplementedException();
    internal bool UploadIsOpen(string uploadId) => throw new NotImplementedException();
    internal UserState? FindUser(string userId) => throw new NotImplementedException();
    internal bool UserNameTaken(string name) => throw new NotImplementedException();
    internal AccessKeyState? FindAccessKey(string accessKey) => throw new NotImplementedException();
}
