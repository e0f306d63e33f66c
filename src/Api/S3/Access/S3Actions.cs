using System.Collections.Frozen;
using CasStore.Api.S3.Access.Acls;

namespace CasStore.Api.S3.Access;

/// <summary>The permissions of S3 on buckets and objects, as policies and the operation table name them.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html</remarks>
public static class S3Actions
{
    public const string ListBucket = "s3:ListBucket";
    public const string GetObject = "s3:GetObject";
    public const string PutObject = "s3:PutObject";
    public const string PutObjectAcl = "s3:PutObjectAcl";
    public const string PutObjectTagging = "s3:PutObjectTagging";
    public const string DeleteObject = "s3:DeleteObject";
    public const string BypassGovernanceRetention = "s3:BypassGovernanceRetention";

    /// <summary>Those that are asked for on a bucket.</summary>
    public static FrozenSet<string> OfBuckets { get; } = Set(
        "CreateBucket", "DeleteBucket", "DeleteBucketOwnershipControls", "DeleteBucketPolicy", "DeleteBucketWebsite",
        "GetAccelerateConfiguration", "GetAnalyticsConfiguration", "GetBucketAcl", "GetBucketCORS",
        "GetBucketLocation", "GetBucketLogging", "GetBucketNotification", "GetBucketObjectLockConfiguration",
        "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus", "GetBucketPublicAccessBlock",
        "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning", "GetBucketWebsite",
        "GetEncryptionConfiguration", "GetIntelligentTieringConfiguration", "GetInventoryConfiguration",
        "GetLifecycleConfiguration", "GetMetricsConfiguration", "GetReplicationConfiguration", "ListBucket",
        "ListBucketMultipartUploads", "ListBucketVersions", "PutAccelerateConfiguration", "PutAnalyticsConfiguration",
        "PutBucketAcl", "PutBucketCORS", "PutBucketLogging", "PutBucketNotification",
        "PutBucketObjectLockConfiguration", "PutBucketOwnershipControls", "PutBucketPolicy",
        "PutBucketPublicAccessBlock", "PutBucketRequestPayment", "PutBucketTagging", "PutBucketVersioning",
        "PutBucketWebsite", "PutEncryptionConfiguration", "PutIntelligentTieringConfiguration",
        "PutInventoryConfiguration", "PutLifecycleConfiguration", "PutMetricsConfiguration",
        "PutReplicationConfiguration");

    /// <summary>Those that are asked for on an object.</summary>
    public static FrozenSet<string> OfObjects { get; } = Set(
        "AbortMultipartUpload", "BypassGovernanceRetention", "DeleteObject", "DeleteObjectTagging",
        "DeleteObjectVersion", "DeleteObjectVersionTagging", "GetObject", "GetObjectAcl", "GetObjectAttributes",
        "GetObjectLegalHold", "GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "GetObjectVersion",
        "GetObjectVersionAcl", "GetObjectVersionAttributes", "GetObjectVersionForReplication",
        "GetObjectVersionTagging", "GetObjectVersionTorrent", "InitiateReplication", "ListMultipartUploadParts",
        "ObjectOwnerOverrideToBucketOwner", "PutObject", "PutObjectAcl", "PutObjectLegalHold", "PutObjectRetention",
        "PutObjectTagging", "PutObjectVersionAcl", "PutObjectVersionTagging", "ReplicateDelete", "ReplicateObject",
        "ReplicateTags", "RestoreObject");

    private static readonly FrozenDictionary<string, string> OfVersions = new[]
    {
        "DeleteObject", "GetObject", "DeleteObjectTagging", "GetObjectAcl", "GetObjectAttributes", "GetObjectTagging",
        "PutObjectAcl", "PutObjectTagging",
    }.ToFrozenDictionary(
        name => $"s3:{name}", name => $"s3:{name.Replace("Object", "ObjectVersion", StringComparison.Ordinal)}",
        StringComparer.Ordinal);

    /// <summary>The permission that an action on a version of an object needs in its place.</summary>
    public static string OfVersion(string action) => OfVersions.GetValueOrDefault(action, action);

    /// <summary>
    /// What an access control list must grant for an action, and whose list; null when only policies can allow it.
    /// </summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping
    /// </remarks>
    public static (AclPermission Permission, bool OnObject)? AclPermission(string action) => action switch
    {
        "s3:ListBucket" or "s3:ListBucketVersions" or "s3:ListBucketMultipartUploads" =>
            (Acls.AclPermission.Read, OnObject: false),
        // Who may overwrite an object may as well delete it.
        "s3:PutObject" or "s3:DeleteObject" => (Acls.AclPermission.Write, OnObject: false),
        "s3:GetBucketAcl" => (Acls.AclPermission.ReadAcp, OnObject: false),
        "s3:PutBucketAcl" => (Acls.AclPermission.WriteAcp, OnObject: false),
        "s3:GetObject" or "s3:GetObjectVersion" => (Acls.AclPermission.Read, OnObject: true),
        "s3:GetObjectAcl" or "s3:GetObjectVersionAcl" => (Acls.AclPermission.ReadAcp, OnObject: true),
        "s3:PutObjectAcl" or "s3:PutObjectVersionAcl" => (Acls.AclPermission.WriteAcp, OnObject: true),
        _ => null,
    };

    private static FrozenSet<string> Set(params string[] names) =>
        names.Select(name => $"s3:{name}").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
