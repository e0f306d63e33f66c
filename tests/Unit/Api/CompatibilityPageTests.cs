using CasStore.Api.S3.Routing;
using CasStore.Tests.Unit.BlobCas;

namespace CasStore.Tests.Unit.Api;

public sealed class CompatibilityPageTests
{
    private static readonly string Page = RepositoryFiles.PathOf("docs/s3-compatibility.md");

    /// <summary>The operations of the S3 API Reference, written apart from the tables in the code. Those that it calls
    /// deprecated are the same requests as their successors.</summary>
    private static readonly string[] Reference = """
        AbortMultipartUpload CompleteMultipartUpload CopyObject CreateBucket CreateBucketMetadataConfiguration
        CreateBucketMetadataTableConfiguration CreateMultipartUpload CreateSession DeleteBucket
        DeleteBucketAnalyticsConfiguration DeleteBucketCors DeleteBucketEncryption
        DeleteBucketIntelligentTieringConfiguration DeleteBucketInventoryConfiguration DeleteBucketLifecycle
        DeleteBucketMetadataConfiguration DeleteBucketMetadataTableConfiguration DeleteBucketMetricsConfiguration
        DeleteBucketOwnershipControls DeleteBucketPolicy DeleteBucketReplication DeleteBucketTagging
        DeleteBucketWebsite DeleteObject DeleteObjectTagging DeleteObjects DeletePublicAccessBlock GetBucketAbac
        GetBucketAccelerateConfiguration GetBucketAcl GetBucketAnalyticsConfiguration GetBucketCors
        GetBucketEncryption GetBucketIntelligentTieringConfiguration GetBucketInventoryConfiguration
        GetBucketLifecycleConfiguration GetBucketLocation GetBucketLogging GetBucketMetadataConfiguration
        GetBucketMetadataTableConfiguration GetBucketMetricsConfiguration GetBucketNotificationConfiguration
        GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketReplication
        GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetObject GetObjectAcl
        GetObjectAttributes GetObjectLegalHold GetObjectLockConfiguration GetObjectRetention GetObjectTagging
        GetObjectTorrent GetPublicAccessBlock HeadBucket HeadObject ListBucketAnalyticsConfigurations
        ListBucketIntelligentTieringConfigurations ListBucketInventoryConfigurations
        ListBucketMetricsConfigurations ListBuckets ListDirectoryBuckets ListMultipartUploads ListObjectVersions
        ListObjects ListObjectsV2 ListParts PostObject PutBucketAbac PutBucketAccelerateConfiguration PutBucketAcl
        PutBucketAnalyticsConfiguration PutBucketCors PutBucketEncryption PutBucketIntelligentTieringConfiguration
        PutBucketInventoryConfiguration PutBucketLifecycleConfiguration PutBucketLogging
        PutBucketMetricsConfiguration PutBucketNotificationConfiguration PutBucketOwnershipControls PutBucketPolicy
        PutBucketReplication PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutObject
        PutObjectAcl PutObjectLegalHold PutObjectLockConfiguration PutObjectRetention PutObjectTagging
        PutPublicAccessBlock RenameObject RestoreObject SelectObjectContent
        UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration
        UpdateObjectEncryption UploadPart UploadPartCopy WriteGetObjectResponse
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [Fact]
    public void Every_operation_is_implemented_or_has_a_reason_and_none_both() =>
        OperationTable.Implemented.Select(operation => operation.Name)
            .Concat(UnimplementedOperations.All.Select(operation => operation.Name))
            .Order(StringComparer.Ordinal)
            .ShouldBe(Reference.Order(StringComparer.Ordinal));

    [Fact]
    public void What_selects_an_operation_that_is_not_there_is_known_to_the_router() =>
        UnimplementedOperations.All.Select(operation => operation.SubResource).OfType<string>()
            .ShouldAllBe(name => Router.IsSubResource(name));

    [Fact]
    public void The_checked_in_table_is_what_the_code_says()
    {
        var text = File.ReadAllText(Page);
        var (begin, end) = (text.IndexOf(CompatibilityPage.Begin, StringComparison.Ordinal),
            text.IndexOf(CompatibilityPage.End, StringComparison.Ordinal) + CompatibilityPage.End.Length);
        var current = text[..begin] + CompatibilityPage.Table() + text[end..];
        if (Environment.GetEnvironmentVariable("CASSTORE_WRITE_GENERATED") == "1")
            File.WriteAllText(Page, current);
        File.ReadAllText(Page).ShouldBe(
            current, "Run this test with CASSTORE_WRITE_GENERATED=1 to write the table again.");
    }
}
