namespace CasStore.Projections.Access;

/// <summary>A user.</summary>
public sealed record User(string UserId, string Name, string DisplayName, string? Email);

/// <summary>An access key with the user that it belongs to.</summary>
public sealed record AccessKey(string Id, bool IsActive, byte[] SealedSecret, DateTimeOffset CreatedAt, User User);

/// <summary>Look-ups of users and access keys. The root identity is not among them: it comes from the settings.</summary>
public sealed class AccessQueries
{
    /// <summary>The access key of that id, or null.</summary>
    public ValueTask<AccessKey?> FindKeyAsync(string accessKey, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>The user of that canonical id, or null.</summary>
    public ValueTask<User?> FindUserAsync(string userId, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>The user of that name, or null.</summary>
    public Task<User?> FindUserByNameAsync(string name, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>All users by name.</summary>
    public Task<IReadOnlyList<User>> ListUsersAsync(CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The access keys of a user, oldest first.</summary>
    public Task<IReadOnlyList<AccessKey>> ListKeysAsync(string userId, CancellationToken cancel) =>
        throw new NotImplementedException();
}
