using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Configurations;

/// <summary>What cannot be configured is shown as it is; only what holds anyway can be put.</summary>
public sealed class FixedConfigurationTests : StoreTests
{
    private const string Xmlns = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    [Theory]
    [InlineData("logging", $"<BucketLoggingStatus {Xmlns}></BucketLoggingStatus>")]
    [InlineData("notification", $"<NotificationConfiguration {Xmlns}></NotificationConfiguration>")]
    [InlineData("requestPayment",
        $"<RequestPaymentConfiguration {Xmlns}><Payer>BucketOwner</Payer></RequestPaymentConfiguration>")]
    [InlineData("accelerate", $"<AccelerateConfiguration {Xmlns}></AccelerateConfiguration>")]
    [InlineData("inventory", $"<ListInventoryConfigurationsResult {Xmlns}><IsTruncated>false</IsTruncated>" +
        "</ListInventoryConfigurationsResult>")]
    [InlineData("metrics", $"<ListMetricsConfigurationsResult {Xmlns}><IsTruncated>false</IsTruncated>" +
        "</ListMetricsConfigurationsResult>")]
    [InlineData("analytics", $"<ListBucketAnalyticsConfigurationResult {Xmlns}><IsTruncated>false</IsTruncated>" +
        "</ListBucketAnalyticsConfigurationResult>")]
    [InlineData("intelligent-tiering", $"<ListBucketIntelligentTieringConfigurationsOutput {Xmlns}>" +
        "<IsTruncated>false</IsTruncated></ListBucketIntelligentTieringConfigurationsOutput>")]
    public async Task What_holds_is_shown(string subResource, string document)
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?{subResource}")).ShouldBe(200).Text
            .ShouldBe($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}");
    }

    [Theory]
    [InlineData("logging", "<BucketLoggingStatus/>")]
    [InlineData("notification", "<NotificationConfiguration/>")]
    [InlineData("requestPayment",
        "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>")]
    [InlineData("accelerate", "<AccelerateConfiguration><Status>Suspended</Status></AccelerateConfiguration>")]
    public async Task What_holds_can_be_put(string subResource, string document)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}?{subResource}", document)).ShouldBe(200).Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("logging", "<BucketLoggingStatus><LoggingEnabled><TargetBucket>b</TargetBucket><TargetPrefix/>" +
        "</LoggingEnabled></BucketLoggingStatus>")]
    [InlineData("notification", "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>")]
    [InlineData("requestPayment",
        "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>")]
    [InlineData("accelerate", "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>")]
    public async Task Anything_else_is_not_implemented(string subResource, string document)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}?{subResource}", document)).ShouldBeError(501, "NotImplemented");
    }

    [Theory]
    [InlineData("logging", "<Logging/>")]
    [InlineData("notification", "")]
    [InlineData("requestPayment", "<RequestPaymentConfiguration/>")]
    [InlineData("requestPayment", "<RequestPaymentConfiguration><Payer>Nobody</Payer></RequestPaymentConfiguration>")]
    [InlineData("accelerate", "<AccelerateConfiguration><Status>On</Status></AccelerateConfiguration>")]
    public async Task What_is_no_such_document_is_malformed(string subResource, string document)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}?{subResource}", document)).ShouldBeError(400, "MalformedXML");
    }

    [Theory]
    [InlineData("replication", "ReplicationConfigurationNotFoundError")]
    [InlineData("encryption", "ServerSideEncryptionConfigurationNotFoundError")]
    public async Task What_no_bucket_has_is_not_found_and_stays_deleted(string subResource, string code)
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?{subResource}")).ShouldBeError(404, code);
        (await Raw.SendAsync("DELETE", $"/{bucket}?{subResource}")).ShouldBe(204);
        (await Raw.GetAsync($"/{UniqueName()}?{subResource}")).ShouldBeError(404, "NoSuchBucket");
    }

    [Theory]
    [InlineData("analytics")]
    [InlineData("intelligent-tiering")]
    [InlineData("inventory")]
    [InlineData("metrics")]
    public async Task No_id_names_a_configuration(string subResource)
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?{subResource}&id=one")).ShouldBeError(404, "NoSuchConfiguration");
        (await Raw.SendAsync("DELETE", $"/{bucket}?{subResource}&id=one")).ShouldBeError(404, "NoSuchConfiguration");
    }
}
