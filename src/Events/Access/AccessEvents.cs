using CasStore.Events.Log;

namespace CasStore.Events.Access;

/// <summary>A user was added.</summary>
/// <param name="UserId">Canonical id: 64 hexadecimal digits, the owner shown in S3's XML.</param>
/// <param name="Name">Unique name, as operators call it.</param>
/// <param name="DisplayName">DisplayName in S3's XML.</param>
/// <param name="Email">E-mail address, or null.</param>
public sealed record UserAdded(string UserId, string Name, string DisplayName, string? Email) : IEvent;

/// <summary>A user was removed, and its access keys with it.</summary>
public sealed record UserRemoved(string UserId, string Name) : IEvent;

/// <summary>A user got an access key.</summary>
/// <param name="AccessKey">Access key id.</param>
/// <param name="UserId">Canonical id of the user.</param>
/// <param name="SealedSecret">The secret, encrypted under the store key (see <see cref="SecretBox"/>); base64.</param>
public sealed record AccessKeyCreated(string AccessKey, string UserId, byte[] SealedSecret) : IEvent;

/// <summary>An access key stopped working but may be activated again.</summary>
public sealed record AccessKeyDeactivated(string AccessKey, string UserId) : IEvent;

/// <summary>A deactivated access key works again.</summary>
public sealed record AccessKeyActivated(string AccessKey, string UserId) : IEvent;

/// <summary>An access key is gone.</summary>
public sealed record AccessKeyDeleted(string AccessKey, string UserId) : IEvent;
