using CasStore.Api.S3.Operations.Configurations;

namespace CasStore.Api.S3.Routing;

/// <summary>The operations on the configurations of buckets, as part of <see cref="OperationTable"/>.</summary>
internal static class ConfigurationOperations
{
    private const string None = "there is none";

    public static IReadOnlyList<Operation> All { get; } =
    [
        New("GetBucketCors", "GET", "cors", "s3:GetBucketCORS", BucketCors.Document.GetAsync),
        New("PutBucketCors", "PUT", "cors", "s3:PutBucketCORS", BucketCors.Document.PutAsync),
        New("DeleteBucketCors", "DELETE", "cors", "s3:PutBucketCORS", BucketCors.Document.DeleteAsync),
        New("GetBucketLifecycleConfiguration", "GET", "lifecycle", "s3:GetLifecycleConfiguration",
            BucketLifecycle.GetAsync),
        New("PutBucketLifecycleConfiguration", "PUT", "lifecycle", "s3:PutLifecycleConfiguration",
            BucketLifecycle.PutAsync) with { Limits = "no transitions; rules are kept, and not carried out yet" },
        New("DeleteBucketLifecycle", "DELETE", "lifecycle", "s3:PutLifecycleConfiguration",
            BucketLifecycle.Document.DeleteAsync),
        New("GetBucketTagging", "GET", "tagging", "s3:GetBucketTagging", BucketTagging.Document.GetAsync),
        New("PutBucketTagging", "PUT", "tagging", "s3:PutBucketTagging", BucketTagging.Document.PutAsync),
        New("DeleteBucketTagging", "DELETE", "tagging", "s3:PutBucketTagging", BucketTagging.Document.DeleteAsync),
        New("GetBucketWebsite", "GET", "website", "s3:GetBucketWebsite", BucketWebsite.Document.GetAsync),
        New("PutBucketWebsite", "PUT", "website", "s3:PutBucketWebsite", BucketWebsite.Document.PutAsync)
            with { Limits = "served with `CASSTORE_DOMAIN`" },
        New("DeleteBucketWebsite", "DELETE", "website", "s3:DeleteBucketWebsite",
            BucketWebsite.Document.DeleteAsync),

        New("GetBucketAccelerateConfiguration", "GET", "accelerate", "s3:GetAccelerateConfiguration",
            FixedConfiguration.Acceleration.GetAsync),
        New("PutBucketAccelerateConfiguration", "PUT", "accelerate", "s3:PutAccelerateConfiguration",
            FixedConfiguration.Acceleration.PutAsync) with { Limits = "`Suspended` only" },
        New("GetBucketLogging", "GET", "logging", "s3:GetBucketLogging", FixedConfiguration.Logging.GetAsync),
        New("PutBucketLogging", "PUT", "logging", "s3:PutBucketLogging", FixedConfiguration.Logging.PutAsync)
            with { Limits = "the empty status only" },
        New("GetBucketNotificationConfiguration", "GET", "notification", "s3:GetBucketNotification",
            FixedConfiguration.Notification.GetAsync),
        New("PutBucketNotificationConfiguration", "PUT", "notification", "s3:PutBucketNotification",
            FixedConfiguration.Notification.PutAsync) with { Limits = "the empty configuration only" },
        New("GetBucketRequestPayment", "GET", "requestPayment", "s3:GetBucketRequestPayment",
            FixedConfiguration.RequestPayment.GetAsync),
        New("PutBucketRequestPayment", "PUT", "requestPayment", "s3:PutBucketRequestPayment",
            FixedConfiguration.RequestPayment.PutAsync) with { Limits = "`BucketOwner` only" },

        New("GetBucketEncryption", "GET", "encryption", "s3:GetEncryptionConfiguration",
            AbsentConfiguration.Encryption.GetAsync) with { Limits = None },
        New("DeleteBucketEncryption", "DELETE", "encryption", "s3:PutEncryptionConfiguration",
            AbsentConfiguration.Encryption.DeleteAsync) with { Limits = None },
        New("GetBucketReplication", "GET", "replication", "s3:GetReplicationConfiguration",
            AbsentConfiguration.Replication.GetAsync) with { Limits = None },
        New("DeleteBucketReplication", "DELETE", "replication", "s3:PutReplicationConfiguration",
            AbsentConfiguration.Replication.DeleteAsync) with { Limits = None },
        .. Numbered("Analytics", "analytics", "ListBucketAnalyticsConfigurationResult"),
        .. Numbered("IntelligentTiering", "intelligent-tiering", "ListBucketIntelligentTieringConfigurationsOutput"),
        .. Numbered("Inventory", "inventory", "ListInventoryConfigurationsResult"),
        .. Numbered("Metrics", "metrics", "ListMetricsConfigurationsResult"),
    ];

    /// <summary>The operations on configurations of which a bucket may have many, told apart by an id.</summary>
    private static IReadOnlyList<Operation> Numbered(string feature, string subResource, string listRoot)
    {
        var (read, write) = ($"s3:Get{feature}Configuration", $"s3:Put{feature}Configuration");
        var answer = AbsentConfiguration.WithId;
        var get = New($"GetBucket{feature}Configuration", "GET", subResource, read, answer.GetAsync);
        var list = New(
            $"ListBucket{feature}Configurations", "GET", subResource, read, AbsentConfiguration.List(listRoot));
        var delete = New($"DeleteBucket{feature}Configuration", "DELETE", subResource, write, answer.GetAsync);
        return
        [
            get with { AlsoNeeds = "id", Limits = None },
            list with { Limits = None },
            delete with { AlsoNeeds = "id", Limits = None },
        ];
    }

    private static Operation New(
        string name, string method, string subResource, string action, Func<S3Request, Task> execute) =>
        new(name, method, ResourceLevel.Bucket, subResource, action, execute);
}
