namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>Deletes an empty bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html</summary>
public static class DeleteBucket
{
    public static async Task ExecuteAsync(S3Request request)
    {
        await request.AppendAsync(new Events.Buckets.DeleteBucket(request.Bucket.Id, request.Bucket.Name)
        {
            Context = request.Context,
        });
        await request.RespondAsync(StatusCodes.Status204NoContent);
    }
}
