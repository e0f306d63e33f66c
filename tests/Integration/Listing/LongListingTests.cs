using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Listing;

public sealed class LongListingTests : StoreTests
{
    [Fact]
    public async Task More_than_one_page_of_keys_lists_whole()
    {
        var bucket = await NewBucketAsync();
        var keys = Enumerable.Range(0, 1205).Select(n => $"dir{n % 30:d2}/key{n:d4}")
            .Order(StringComparer.Ordinal).ToList();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) =>
            (await Raw.PutAsync($"/{bucket}/{key}", key)).ShouldBe(200));
        var first = await S3.ListObjectsV2Async(new() { BucketName = bucket });
        first.S3Objects.Count.ShouldBe(1000);
        first.IsTruncated.ShouldBe(true);
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(keys);
        (await S3.ListAllAsync(bucket, pageSize: 77)).Select(o => o.Key).ShouldBe(keys);
        var folders = await S3.ListObjectsV2Async(new() { BucketName = bucket, Delimiter = "/" });
        folders.CommonPrefixes.ShouldBe(Enumerable.Range(0, 30).Select(n => $"dir{n:d2}/"));
        await S3.ShouldListWhatTheLogTellsAsync(bucket, await EventLog.ReadAsync(Server));
    }
}
