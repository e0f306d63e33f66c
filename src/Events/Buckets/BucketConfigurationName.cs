namespace CasStore.Events.Buckets;

/// <summary>
/// Names of the documents that configure a bucket: S3's sub-resources. Stored in the log; never change.
/// </summary>
public static class BucketConfigurationName
{
    public const string Acl = "acl";
    public const string Cors = "cors";
    public const string Lifecycle = "lifecycle";
    public const string OwnershipControls = "ownershipControls";
    public const string Policy = "policy";
    public const string PublicAccessBlock = "publicAccessBlock";
    public const string Tagging = "tagging";
    public const string Website = "website";
}
