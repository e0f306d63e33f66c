using CasStore.Api.S3.Cors;
using CasStore.Api.S3.Errors;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// The CORS rules of a bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html
/// </summary>
public static class BucketCors
{
    public static BucketDocument Document { get; } = new(
        BucketConfigurationName.Cors, CorsConfiguration.Root, S3Errors.NoSuchCorsConfiguration,
        configuration => CorsConfiguration.Parse(configuration).Write())
    {
        MaxBody = 64 * 1024,
        MaxElements = CorsConfiguration.MaxElements,
    };
}
