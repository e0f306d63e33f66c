namespace CasStore.Api.S3.Routing;

/// <summary>One operation of the S3 API that the store does not have.</summary>
/// <param name="Name">Name in the S3 API Reference.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Level">What the path names.</param>
/// <param name="SubResource">Query parameter that selects it; null when only its endpoint tells it from others.</param>
/// <param name="Reason">Why it is not there.</param>
public sealed record UnimplementedOperation(
    string Name, string Method, ResourceLevel Level, string? SubResource, string Reason);

/// <summary>
/// The rest of the S3 API Reference, so that a refusal can name what was asked for, and the documentation is complete.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html</remarks>
public static class UnimplementedOperations
{
    private const string Abac = "access is not decided by tags of buckets";
    private const string Metadata = "there are no metadata tables";
    private const string Reports = "no such reports are made";

    public static IReadOnlyList<UnimplementedOperation> All { get; } =
    [
        Bucket("CreateBucketMetadataConfiguration", "POST", "metadataConfiguration", Metadata),
        Bucket("CreateBucketMetadataTableConfiguration", "POST", "metadataTable", Metadata),
        Bucket("CreateSession", "GET", "session", "there are no directory buckets"),
        Bucket("DeleteBucketMetadataConfiguration", "DELETE", "metadataConfiguration", Metadata),
        Bucket("DeleteBucketMetadataTableConfiguration", "DELETE", "metadataTable", Metadata),
        Bucket("GetBucketAbac", "GET", "abac", Abac),
        Bucket("GetBucketMetadataConfiguration", "GET", "metadataConfiguration", Metadata),
        Bucket("GetBucketMetadataTableConfiguration", "GET", "metadataTable", Metadata),
        Object("GetObjectTorrent", "GET", "torrent", "AWS ended it in 2021 too"),
        new("ListDirectoryBuckets", "GET", ResourceLevel.Service, null, "there are no directory buckets"),
        Bucket("PutBucketAbac", "PUT", "abac", Abac),
        Bucket("PutBucketAnalyticsConfiguration", "PUT", "analytics", Reports),
        Bucket("PutBucketEncryption", "PUT", "encryption", "objects are not encrypted at rest yet"),
        Bucket("PutBucketIntelligentTieringConfiguration", "PUT", "intelligent-tiering",
            "there is one storage tier"),
        Bucket("PutBucketInventoryConfiguration", "PUT", "inventory", Reports),
        Bucket("PutBucketMetricsConfiguration", "PUT", "metrics", Reports),
        Bucket("PutBucketReplication", "PUT", "replication", "objects are not replicated to other buckets"),
        Object("RestoreObject", "POST", "restore", "no object is ever archived"),
        Object("SelectObjectContent", "POST", "select", "AWS has it no longer for new customers either"),
        Bucket("UpdateBucketMetadataInventoryTableConfiguration", "PUT", "metadataInventoryTable", Metadata),
        Bucket("UpdateBucketMetadataJournalTableConfiguration", "PUT", "metadataJournalTable", Metadata),
        Object("UpdateObjectEncryption", "PUT", "encryption", "objects are not encrypted at rest yet"),
        new("WriteGetObjectResponse", "POST", ResourceLevel.Service, null, "there are no Object Lambda functions"),
    ];

    /// <summary>The operation that a request asks for, or null.</summary>
    public static UnimplementedOperation? Find(string method, ResourceLevel level, QueryParameters query) =>
        All.FirstOrDefault(operation => operation.Method == method && operation.Level == level
            && operation.SubResource is { } selector && query.Has(selector));

    private static UnimplementedOperation Bucket(string name, string method, string subResource, string reason) =>
        new(name, method, ResourceLevel.Bucket, subResource, reason);

    private static UnimplementedOperation Object(string name, string method, string subResource, string reason) =>
        new(name, method, ResourceLevel.Object, subResource, reason);
}
