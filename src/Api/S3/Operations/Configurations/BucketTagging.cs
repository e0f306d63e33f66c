using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Operations.Tags;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Configurations;

/// <summary>
/// The tags of a bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
/// </summary>
public static class BucketTagging
{
    public static BucketDocument Document { get; } = new(
        BucketConfigurationName.Tagging, "Tagging", S3Errors.NoSuchTagSet, tagging =>
            TagSet.Parse(tagging, TagRules.Bucket) is { Count: > 0 } tags ? TagSet.Write(tags) : null)
    {
        MaxElements = TagSet.MaxElements,
        PutStatus = StatusCodes.Status204NoContent,
    };
}
