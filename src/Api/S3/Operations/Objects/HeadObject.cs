namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Gives an object's headers. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html</summary>
public static class HeadObject
{
    public static Task ExecuteAsync(S3Request request) => ObjectRead.PrepareAsync(request);
}
