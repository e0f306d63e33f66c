using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Removes a bucket's setting of who owns new objects.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html
/// </summary>
public static class DeleteBucketOwnershipControls
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.ConfigureBucketAsync(BucketConfigurationName.OwnershipControls, document: null);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
