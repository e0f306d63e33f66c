using System.Security.Cryptography;

namespace CasStore.Api.S3.Access;

/// <summary>The identity that a request was proven to come from.</summary>
/// <param name="UserId">Canonical id: 64 hexadecimal digits.</param>
/// <param name="DisplayName">DisplayName in S3's XML.</param>
/// <param name="AccessKey">Access key that signed; null for an anonymous request.</param>
/// <param name="IsRoot">Whether it is the root identity, which may do everything.</param>
public sealed record Principal(string UserId, string DisplayName, string? AccessKey, bool IsRoot)
{
    /// <summary>
    /// Canonical id of the root identity: the same in every store, so that its buckets survive new keys.
    /// </summary>
    public static string RootUserId { get; } = Convert.ToHexStringLower(SHA256.HashData("casstore:root"u8));

    public const string RootDisplayName = "root";

    public static Principal Anonymous { get; } = new("anonymous", "anonymous", null, IsRoot: false);

    public bool IsAnonymous => AccessKey is null;

    public static Principal Root(string accessKey) => new(RootUserId, RootDisplayName, accessKey, IsRoot: true);
}
