namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>Tells that a bucket exists. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html</summary>
public static class HeadBucket
{
    public static Task ExecuteAsync(S3Request request)
    {
        request.Response.Headers["x-amz-bucket-region"] = request.Bucket.Region;
        request.Response.Headers["x-amz-access-point-alias"] = "false";
        return request.RespondAsync(StatusCodes.Status200OK);
    }
}
