using CasStore.Api.S3.Operations.Buckets;
using CasStore.Api.S3.Operations.Multipart;
using CasStore.Api.S3.Operations.ObjectLock;
using CasStore.Api.S3.Operations.Objects;
using CasStore.Api.S3.Operations.Service;
using CasStore.Api.S3.Operations.Tags;

namespace CasStore.Api.S3.Routing;

/// <summary>The implemented operations, one a line. The more particular of two that match stands first.</summary>
public static class OperationTable
{
    private const string CopySource = "x-amz-copy-source";

    public static IReadOnlyList<Operation> Implemented { get; } =
    [
        new("ListBuckets", "GET", ResourceLevel.Service, null, "s3:ListAllMyBuckets", ListBuckets.ExecuteAsync),

        new("CreateBucket", "PUT", ResourceLevel.Bucket, null, "s3:CreateBucket",
            CreateBucket.ExecuteAsync) { NeedsBucket = false },
        new("HeadBucket", "HEAD", ResourceLevel.Bucket, null, "s3:ListBucket", HeadBucket.ExecuteAsync),
        new("DeleteBucket", "DELETE", ResourceLevel.Bucket, null, "s3:DeleteBucket", DeleteBucket.ExecuteAsync),
        new("GetBucketLocation", "GET", ResourceLevel.Bucket, "location", "s3:GetBucketLocation",
            GetBucketLocation.ExecuteAsync),
        new("GetBucketVersioning", "GET", ResourceLevel.Bucket, "versioning", "s3:GetBucketVersioning",
            GetBucketVersioning.ExecuteAsync),
        new("PutBucketVersioning", "PUT", ResourceLevel.Bucket, "versioning", "s3:PutBucketVersioning",
            PutBucketVersioning.ExecuteAsync),
        new("ListObjectVersions", "GET", ResourceLevel.Bucket, "versions", "s3:ListBucketVersions",
            ListObjectVersions.ExecuteAsync),
        new("PutObjectLockConfiguration", "PUT", ResourceLevel.Bucket, "object-lock",
            "s3:PutBucketObjectLockConfiguration", PutObjectLockConfiguration.ExecuteAsync),
        new("GetObjectLockConfiguration", "GET", ResourceLevel.Bucket, "object-lock",
            "s3:GetBucketObjectLockConfiguration", GetObjectLockConfiguration.ExecuteAsync),
        new("GetBucketPolicyStatus", "GET", ResourceLevel.Bucket, "policyStatus", "s3:GetBucketPolicyStatus",
            GetBucketPolicyStatus.ExecuteAsync),
        new("GetBucketPolicy", "GET", ResourceLevel.Bucket, "policy", "s3:GetBucketPolicy",
            GetBucketPolicy.ExecuteAsync),
        new("PutBucketPolicy", "PUT", ResourceLevel.Bucket, "policy", "s3:PutBucketPolicy",
            PutBucketPolicy.ExecuteAsync),
        new("DeleteBucketPolicy", "DELETE", ResourceLevel.Bucket, "policy", "s3:DeleteBucketPolicy",
            DeleteBucketPolicy.ExecuteAsync),
        new("GetPublicAccessBlock", "GET", ResourceLevel.Bucket, "publicAccessBlock", "s3:GetBucketPublicAccessBlock",
            GetPublicAccessBlock.ExecuteAsync),
        new("PutPublicAccessBlock", "PUT", ResourceLevel.Bucket, "publicAccessBlock", "s3:PutBucketPublicAccessBlock",
            PutPublicAccessBlock.ExecuteAsync),
        new("DeletePublicAccessBlock", "DELETE", ResourceLevel.Bucket, "publicAccessBlock",
            "s3:PutBucketPublicAccessBlock", DeletePublicAccessBlock.ExecuteAsync),
        new("GetBucketOwnershipControls", "GET", ResourceLevel.Bucket, "ownershipControls",
            "s3:GetBucketOwnershipControls", GetBucketOwnershipControls.ExecuteAsync),
        new("PutBucketOwnershipControls", "PUT", ResourceLevel.Bucket, "ownershipControls",
            "s3:PutBucketOwnershipControls", PutBucketOwnershipControls.ExecuteAsync),
        new("DeleteBucketOwnershipControls", "DELETE", ResourceLevel.Bucket, "ownershipControls",
            "s3:PutBucketOwnershipControls", DeleteBucketOwnershipControls.ExecuteAsync),
        new("GetBucketAcl", "GET", ResourceLevel.Bucket, "acl", "s3:GetBucketAcl", GetBucketAcl.ExecuteAsync),
        new("PutBucketAcl", "PUT", ResourceLevel.Bucket, "acl", "s3:PutBucketAcl", PutBucketAcl.ExecuteAsync),
        new("DeleteObjects", "POST", ResourceLevel.Bucket, "delete", null, DeleteObjects.ExecuteAsync),
        new("ListMultipartUploads", "GET", ResourceLevel.Bucket, "uploads", "s3:ListBucketMultipartUploads",
            ListMultipartUploads.ExecuteAsync),
        new("PostObject", "POST", ResourceLevel.Bucket, null, "s3:PutObject",
            PostObject.ExecuteAsync) { HasForm = true },
        .. ConfigurationOperations.All,
        new("ListObjectsV2", "GET", ResourceLevel.Bucket, "list-type", "s3:ListBucket", ListObjectsV2.ExecuteAsync),
        new("ListObjects", "GET", ResourceLevel.Bucket, null, "s3:ListBucket", ListObjects.ExecuteAsync),

        new("GetObjectAcl", "GET", ResourceLevel.Object, "acl", "s3:GetObjectAcl", GetObjectAcl.ExecuteAsync)
            { TakesVersion = true },
        new("PutObjectAcl", "PUT", ResourceLevel.Object, "acl", "s3:PutObjectAcl", PutObjectAcl.ExecuteAsync)
            { TakesVersion = true },
        new("PutObjectTagging", "PUT", ResourceLevel.Object, "tagging", "s3:PutObjectTagging",
            PutObjectTagging.ExecuteAsync) { TakesVersion = true },
        new("GetObjectTagging", "GET", ResourceLevel.Object, "tagging", "s3:GetObjectTagging",
            GetObjectTagging.ExecuteAsync) { TakesVersion = true },
        new("DeleteObjectTagging", "DELETE", ResourceLevel.Object, "tagging", "s3:DeleteObjectTagging",
            DeleteObjectTagging.ExecuteAsync) { TakesVersion = true },
        new("PutObjectRetention", "PUT", ResourceLevel.Object, "retention", "s3:PutObjectRetention",
            PutObjectRetention.ExecuteAsync) { TakesVersion = true },
        new("GetObjectRetention", "GET", ResourceLevel.Object, "retention", "s3:GetObjectRetention",
            GetObjectRetention.ExecuteAsync) { TakesVersion = true },
        new("PutObjectLegalHold", "PUT", ResourceLevel.Object, "legal-hold", "s3:PutObjectLegalHold",
            PutObjectLegalHold.ExecuteAsync) { TakesVersion = true },
        new("GetObjectLegalHold", "GET", ResourceLevel.Object, "legal-hold", "s3:GetObjectLegalHold",
            GetObjectLegalHold.ExecuteAsync) { TakesVersion = true },
        new("GetObjectAttributes", "GET", ResourceLevel.Object, "attributes", "s3:GetObjectAttributes",
            GetObjectAttributes.ExecuteAsync) { TakesVersion = true },
        new("RenameObject", "PUT", ResourceLevel.Object, "renameObject", "s3:PutObject", RenameObject.ExecuteAsync),
        new("UploadPartCopy", "PUT", ResourceLevel.Object, "uploadId", "s3:PutObject", UploadPartCopy.ExecuteAsync)
            { AlsoNeeds = "partNumber", NeedsHeader = CopySource },
        new("UploadPart", "PUT", ResourceLevel.Object, "uploadId", "s3:PutObject", UploadPart.ExecuteAsync)
            { AlsoNeeds = "partNumber" },
        new("CopyObject", "PUT", ResourceLevel.Object, null, "s3:PutObject",
            CopyObject.ExecuteAsync) { NeedsHeader = CopySource },
        new("PutObject", "PUT", ResourceLevel.Object, null, "s3:PutObject", PutObject.ExecuteAsync)
            { WritesObject = true },
        new("ListParts", "GET", ResourceLevel.Object, "uploadId", "s3:ListMultipartUploadParts",
            ListParts.ExecuteAsync),
        new("GetObject", "GET", ResourceLevel.Object, null, "s3:GetObject",
            GetObject.ExecuteAsync) { TakesVersion = true, ReadsObject = true },
        new("HeadObject", "HEAD", ResourceLevel.Object, null, "s3:GetObject",
            HeadObject.ExecuteAsync) { TakesVersion = true, ReadsObject = true },
        new("AbortMultipartUpload", "DELETE", ResourceLevel.Object, "uploadId", "s3:AbortMultipartUpload",
            AbortMultipartUpload.ExecuteAsync),
        new("DeleteObject", "DELETE", ResourceLevel.Object, null, "s3:DeleteObject",
            DeleteObject.ExecuteAsync) { TakesVersion = true },
        new("CreateMultipartUpload", "POST", ResourceLevel.Object, "uploads", "s3:PutObject",
            CreateMultipartUpload.ExecuteAsync),
        new("CompleteMultipartUpload", "POST", ResourceLevel.Object, "uploadId", "s3:PutObject",
            CompleteMultipartUpload.ExecuteAsync),
    ];
}
