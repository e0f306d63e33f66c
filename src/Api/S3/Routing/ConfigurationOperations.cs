using CasStore.Api.S3.Operations.Configurations;

namespace CasStore.Api.S3.Routing;

/// <summary>The operations on the configurations of buckets, as part of <see cref="OperationTable"/>.</summary>
internal static class ConfigurationOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        New("GetBucketCors", "GET", "cors", "s3:GetBucketCORS", BucketCors.Document.GetAsync),
        New("PutBucketCors", "PUT", "cors", "s3:PutBucketCORS", BucketCors.Document.PutAsync),
        New("DeleteBucketCors", "DELETE", "cors", "s3:PutBucketCORS", BucketCors.Document.DeleteAsync),
        New("GetBucketLifecycleConfiguration", "GET", "lifecycle", "s3:GetLifecycleConfiguration",
            BucketLifecycle.GetAsync),
        New("PutBucketLifecycleConfiguration", "PUT", "lifecycle", "s3:PutLifecycleConfiguration",
            BucketLifecycle.PutAsync),
        New("DeleteBucketLifecycle", "DELETE", "lifecycle", "s3:PutLifecycleConfiguration",
            BucketLifecycle.Document.DeleteAsync),
        New("GetBucketTagging", "GET", "tagging", "s3:GetBucketTagging", BucketTagging.Document.GetAsync),
        New("PutBucketTagging", "PUT", "tagging", "s3:PutBucketTagging", BucketTagging.Document.PutAsync),
        New("DeleteBucketTagging", "DELETE", "tagging", "s3:PutBucketTagging", BucketTagging.Document.DeleteAsync),
    ];

    private static Operation New(
        string name, string method, string subResource, string action, Func<S3Request, Task> execute) =>
        new(name, method, ResourceLevel.Bucket, subResource, action, execute);
}
