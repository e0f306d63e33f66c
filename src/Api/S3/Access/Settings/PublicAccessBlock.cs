namespace CasStore.Api.S3.Access.Settings;

/// <summary>What keeps the public out of a bucket whatever its policy and lists say.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
/// </remarks>
[Flags]
public enum PublicAccessBlock
{
    None = 0,

    /// <summary>Lists that grant the public something are refused.</summary>
    BlockPublicAcls = 1,

    /// <summary>What lists grant the public does not count.</summary>
    IgnorePublicAcls = 2,

    /// <summary>Policies that let in the public are refused.</summary>
    BlockPublicPolicy = 4,

    /// <summary>A policy that lets in the public lets in the bucket's owner only.</summary>
    RestrictPublicBuckets = 8,
}

/// <summary>The settings by name: in S3's order; and as they are stored, which are on with commas between.</summary>
public static class PublicAccessBlockNames
{
    public static IReadOnlyList<(string Name, PublicAccessBlock Setting)> All { get; } =
    [
        (nameof(PublicAccessBlock.BlockPublicAcls), PublicAccessBlock.BlockPublicAcls),
        (nameof(PublicAccessBlock.IgnorePublicAcls), PublicAccessBlock.IgnorePublicAcls),
        (nameof(PublicAccessBlock.BlockPublicPolicy), PublicAccessBlock.BlockPublicPolicy),
        (nameof(PublicAccessBlock.RestrictPublicBuckets), PublicAccessBlock.RestrictPublicBuckets),
    ];

    public static string Write(PublicAccessBlock settings) =>
        string.Join(',', All.Where(entry => settings.HasFlag(entry.Setting)).Select(entry => entry.Name));

    public static PublicAccessBlock Read(string document) => document.Split(',').Aggregate(
        PublicAccessBlock.None,
        (settings, name) => settings | All.FirstOrDefault(entry => entry.Name == name).Setting);
}
