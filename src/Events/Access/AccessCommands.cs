using CasStore.Events.Log;

namespace CasStore.Events.Access;

/// <summary>Adds a user. Rejected with UserAlreadyExists (name or canonical id taken).</summary>
public sealed record AddUser(string UserId, string Name, string DisplayName, string? Email) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.UserIds.Add(UserId);
        needs.UserNames.Add(Name);
        needs.Streams.Add(StreamName.User(UserId));
    }

    internal override Decision Decide(WriteState state) => state.FindUser(UserId) is null && !state.UserNameTaken(Name)
        ? Decision.Append(new StreamEvent(StreamName.User(UserId), new UserAdded(UserId, Name, DisplayName, Email)))
        : Rejection.UserAlreadyExists;
}

/// <summary>Removes a user and its access keys. Rejected with UserNotFound or UserOwnsBuckets.</summary>
public sealed record RemoveUser(string UserId) : Command
{
    internal override bool StartsBatch => true;

    internal override void Declare(StateNeeds needs)
    {
        needs.UserIds.Add(UserId);
        needs.Streams.Add(StreamName.User(UserId));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindUser(UserId) is not { } user)
            return Rejection.UserNotFound;
        if (user.OwnsBuckets)
            return Rejection.UserOwnsBuckets;
        return Decision.Append(new StreamEvent(StreamName.User(UserId), new UserRemoved(UserId, user.Name)));
    }
}

/// <summary>Gives a user an access key. Rejected with UserNotFound or AccessKeyAlreadyExists.</summary>
public sealed record CreateAccessKey(string UserId, string AccessKey, byte[] SealedSecret) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.UserIds.Add(UserId);
        needs.AccessKeys.Add(AccessKey);
        needs.Streams.Add(StreamName.AccessKey(AccessKey));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindUser(UserId) is null)
            return Rejection.UserNotFound;
        if (state.FindAccessKey(AccessKey) is not null)
            return Rejection.AccessKeyAlreadyExists;
        return Decision.Append(new StreamEvent(
            StreamName.AccessKey(AccessKey), new AccessKeyCreated(AccessKey, UserId, SealedSecret)));
    }
}

/// <summary>Replaces an access key by a new one; the old one is deactivated in the same command.</summary>
public sealed record RotateAccessKey(string OldAccessKey, string NewAccessKey, byte[] SealedSecret) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.AccessKeys.Add(OldAccessKey);
        needs.AccessKeys.Add(NewAccessKey);
        needs.Streams.Add(StreamName.AccessKey(OldAccessKey));
        needs.Streams.Add(StreamName.AccessKey(NewAccessKey));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindAccessKey(OldAccessKey) is not { } old)
            return Rejection.AccessKeyNotFound;
        if (state.FindAccessKey(NewAccessKey) is not null)
            return Rejection.AccessKeyAlreadyExists;
        return Decision.Append(
            new StreamEvent(
                StreamName.AccessKey(NewAccessKey), new AccessKeyCreated(NewAccessKey, old.UserId, SealedSecret)),
            new StreamEvent(
                StreamName.AccessKey(OldAccessKey), new AccessKeyDeactivated(OldAccessKey, old.UserId)));
    }
}

/// <summary>Stops or restarts an access key. Rejected with AccessKeyNotFound.</summary>
public sealed record SetAccessKeyActive(string AccessKey, bool Active) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.AccessKeys.Add(AccessKey);
        needs.Streams.Add(StreamName.AccessKey(AccessKey));
    }

    internal override Decision Decide(WriteState state)
    {
        if (state.FindAccessKey(AccessKey) is not { } key)
            return Rejection.AccessKeyNotFound;
        if (key.IsActive == Active)
            return Decision.Nothing;
        return Decision.Append(new StreamEvent(StreamName.AccessKey(AccessKey), Active
            ? new AccessKeyActivated(AccessKey, key.UserId)
            : new AccessKeyDeactivated(AccessKey, key.UserId)));
    }
}

/// <summary>Deletes an access key. Rejected with AccessKeyNotFound.</summary>
public sealed record DeleteAccessKey(string AccessKey) : Command
{
    internal override void Declare(StateNeeds needs)
    {
        needs.AccessKeys.Add(AccessKey);
        needs.Streams.Add(StreamName.AccessKey(AccessKey));
    }

    internal override Decision Decide(WriteState state) => state.FindAccessKey(AccessKey) is { } key
        ? Decision.Append(new StreamEvent(StreamName.AccessKey(AccessKey), new AccessKeyDeleted(AccessKey, key.UserId)))
        : Rejection.AccessKeyNotFound;
}
