using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Website;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// How a bucket is shown as a website. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html
/// </summary>
public static class BucketWebsite
{
    public static BucketDocument Document { get; } = new(
        BucketConfigurationName.Website, WebsiteConfiguration.Root, S3Errors.NoSuchWebsiteConfiguration,
        website => WebsiteConfiguration.Parse(website).Write());
}
