using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>A configuration that no bucket has, since what it configures is not there.</summary>
/// <param name="Missing">What GET answers.</param>
public sealed record AbsentConfiguration(S3Error Missing)
{
    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html</summary>
    public static AbsentConfiguration Replication { get; } = new(S3Errors.ReplicationConfigurationNotFoundError);

    /// <summary>
    /// AWS encrypts every bucket with keys of its own; this store says so when it does.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html
    /// </summary>
    public static AbsentConfiguration Encryption { get; } = new(
        S3Errors.ServerSideEncryptionConfigurationNotFoundError);

    /// <summary>
    /// One of several that have an id: of analytics, intelligent tiering, inventory and metrics.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketInventoryConfiguration.html
    /// </summary>
    public static AbsentConfiguration WithId { get; } = new(S3Errors.NoSuchConfiguration);

    /// <summary>Answers that there is none.</summary>
    public Task GetAsync(S3Request request) =>
        throw new S3Exception(Missing, null, ("BucketName", request.Bucket.Name));

    /// <summary>Answers that there is none left.</summary>
    public Task DeleteAsync(S3Request request) => request.RespondAsync(StatusCodes.Status204NoContent);

    /// <summary>Lists none.</summary>
    public static Func<S3Request, Task> List(string root) =>
        request => request.RespondAsync(new XmlDocument(root).Element("IsTruncated", false));
}
