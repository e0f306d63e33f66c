using System.Collections.Frozen;

namespace CasStore.Api.S3.Access.Conditions;

/// <summary>
/// The condition keys that a bucket policy may have. A key that AWS has but no request here, such as the VPC it comes
/// from, is accepted and absent; one of S3 that the store would not understand is refused.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
/// </remarks>
public static class ConditionKeys
{
    public const string ExistingObjectTag = "s3:ExistingObjectTag/";
    public const string RequestObjectTag = "s3:RequestObjectTag/";

    private static readonly FrozenSet<string> Names = new[]
    {
        "s3:authType", "s3:delimiter", "s3:if-match", "s3:if-none-match",
        "s3:LocationConstraint", "s3:max-keys", "s3:object-lock-legal-hold",
        "s3:object-lock-mode", "s3:object-lock-remaining-retention-days", "s3:object-lock-retain-until-date",
        "s3:prefix", "s3:RequestObjectTagKeys", "s3:ResourceAccount", "s3:signatureAge", "s3:signatureversion",
        "s3:TlsVersion", "s3:versionid",
        "s3:x-amz-acl", "s3:x-amz-content-sha256", "s3:x-amz-copy-source", "s3:x-amz-grant-full-control",
        "s3:x-amz-grant-read", "s3:x-amz-grant-read-acp", "s3:x-amz-grant-write", "s3:x-amz-grant-write-acp",
        "s3:x-amz-metadata-directive", "s3:x-amz-object-ownership", "s3:x-amz-server-side-encryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "s3:x-amz-server-side-encryption-customer-algorithm", "s3:x-amz-storage-class",
        "s3:x-amz-website-redirect-location", "s3:DataAccessPointAccount", "s3:DataAccessPointArn",
        "s3:AccessPointNetworkOrigin",
        "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:CurrentTime", "aws:EpochTime",
        "aws:FederatedProvider", "aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent", "aws:PrincipalAccount",
        "aws:PrincipalArn", "aws:PrincipalIsAWSService", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
        "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList", "aws:PrincipalType", "aws:Referer",
        "aws:RequestedRegion", "aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths",
        "aws:SecureTransport", "aws:SourceAccount", "aws:SourceArn", "aws:SourceIp", "aws:SourceOrgID",
        "aws:SourceOrgPaths", "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:TagKeys",
        "aws:TokenIssueTime", "aws:UserAgent", "aws:userid", "aws:username", "aws:ViaAWSService",
        "aws:VpcSourceIp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes =
        [ExistingObjectTag, RequestObjectTag, "aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

    public static bool IsKnown(string key) => Names.Contains(key) || Array.Exists(Prefixes, prefix =>
        key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a key asks for a tag of the object that is there.</summary>
    public static bool IsExistingTag(string key) =>
        key.StartsWith(ExistingObjectTag, StringComparison.OrdinalIgnoreCase);
}
