using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Removes a bucket's policy, if it has one.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
/// </summary>
public static class DeleteBucketPolicy
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.ConfigureBucketAsync(BucketConfigurationName.Policy, document: null);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
