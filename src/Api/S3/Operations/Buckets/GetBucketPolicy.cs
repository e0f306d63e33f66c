using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Gives a bucket's policy as it was put.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
/// </summary>
public static class GetBucketPolicy
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var document = request.Configurations[BucketConfigurationName.Policy]
            ?? throw new S3Exception(S3Errors.NoSuchBucketPolicy, null, ("BucketName", request.Bucket.Name));
        var bytes = Encoding.UTF8.GetBytes(document);
        request.Response.ContentType = "application/json";
        request.Response.ContentLength = bytes.Length;
        await request.Response.BodyWriter.WriteAsync(bytes, request.Cancel);
    }
}
