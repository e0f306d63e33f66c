using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Lifecycle;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// The lifecycle rules of a bucket, in the newer form and the older one.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
/// </summary>
public static class BucketLifecycle
{
    private const string MinimumSizeHeader = "x-amz-transition-default-minimum-object-size";
    private const string MinimumSize = "all_storage_classes_128K";

    public static BucketDocument Document { get; } = new(
        BucketConfigurationName.Lifecycle, LifecycleConfiguration.Root, S3Errors.NoSuchLifecycleConfiguration,
        configuration => LifecycleConfiguration.Parse(configuration, () => Guid.NewGuid().ToString()).Write())
    {
        MaxBody = 4 * 1024 * 1024,
        MaxElements = 64 * 1024,
    };

    public static Task PutAsync(S3Request request)
    {
        switch (request.Header(MinimumSizeHeader))
        {
            case null or MinimumSize:
                request.Response.Headers[MinimumSizeHeader] = MinimumSize;
                return Document.PutAsync(request);
            case "varies_by_storage_class":
                throw new S3Exception(S3Errors.NotImplemented, null, ("Header", MinimumSizeHeader));
            case var unknown:
                throw new S3Exception(S3Errors.InvalidArgument, null,
                    ("ArgumentName", MinimumSizeHeader), ("ArgumentValue", unknown));
        }
    }

    public static Task GetAsync(S3Request request)
    {
        request.Response.Headers[MinimumSizeHeader] = MinimumSize;
        return Document.GetAsync(request);
    }
}
