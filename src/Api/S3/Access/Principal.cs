using System.Security.Cryptography;

namespace CasStore.Api.S3.Access;

/// <summary>The identity that a request was proven to come from.</summary>
/// <param name="UserId">Canonical id: 64 hexadecimal digits.</param>
/// <param name="DisplayName">DisplayName in S3's XML.</param>
/// <param name="AccessKey">Access key that signed; null for an anonymous request.</param>
/// <param name="IsRoot">Whether it is the root identity, which may do everything that no policy denies.</param>
public sealed record Principal(string UserId, string DisplayName, string? AccessKey, bool IsRoot)
{
    /// <summary>The account that ARNs and policies show: a store is one, and says so to every client.</summary>
    public const string AccountId = "000000000000";

    /// <summary>
    /// Canonical id of the root identity: the same in every store, so that its buckets survive new keys.
    /// </summary>
    public static string RootUserId { get; } = Convert.ToHexStringLower(SHA256.HashData("casstore:root"u8));

    public const string RootDisplayName = "root";

    public static Principal Anonymous { get; } = new("anonymous", "anonymous", null, IsRoot: false);

    public bool IsAnonymous => AccessKey is null;

    /// <summary>Unique name, as operators call the user; empty for the root identity and for nobody.</summary>
    public string Name { get; init; } = "";

    /// <summary>The ARN under which conditions see it, or null for nobody.</summary>
    public string? Arn => IsAnonymous ? null
        : IsRoot ? $"arn:aws:iam::{AccountId}:root"
        : $"arn:aws:iam::{AccountId}:user/{Name}";

    public static Principal Root(string accessKey) => new(RootUserId, RootDisplayName, accessKey, IsRoot: true);
}
