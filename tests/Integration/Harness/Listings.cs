using Amazon.S3;
using Amazon.S3.Model;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Whole listings, page by page.</summary>
internal static class Listings
{
    public static async Task<IReadOnlyList<S3Object>> ListAllAsync(
        this IAmazonS3 s3, string bucket, int pageSize = 1000)
    {
        var all = new List<S3Object>();
        var request = new ListObjectsV2Request { BucketName = bucket, MaxKeys = pageSize };
        while (true)
        {
            var page = await s3.ListObjectsV2Async(request);
            all.AddRange(page.S3Objects ?? []);
            if (page.IsTruncated != true)
                return all;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    /// <summary>Fails unless the listing of the bucket is what the log's events add up to.</summary>
    public static async Task ShouldListWhatTheLogTellsAsync(
        this IAmazonS3 s3, string bucket, IEnumerable<LoggedEvent> events, int pageSize = 1000)
    {
        var listed = await s3.ListAllAsync(bucket, pageSize);
        listed.Select(o => (o.Key, ETag: o.ETag.Trim('"'), Size: o.Size ?? -1))
            .ShouldBe(events.Fold(bucket).Select(o => (o.Key, o.Value.ETag, o.Value.Size)));
    }
}
