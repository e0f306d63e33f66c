using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Removes what keeps the public out of a bucket.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html
/// </summary>
public static class DeletePublicAccessBlock
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.ConfigureBucketAsync(BucketConfigurationName.PublicAccessBlock, document: null);
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
