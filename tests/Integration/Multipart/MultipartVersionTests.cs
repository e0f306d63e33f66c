using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>Multipart uploads in versioned buckets, and UploadPartCopy of versions.</summary>
public sealed class MultipartVersionTests : VersionTests
{
    [Fact]
    public async Task Completing_makes_a_version_and_tells_it()
    {
        var bucket = await NewVersionedBucketAsync();
        var before = await PutVersionAsync($"/{bucket}/key", "before");
        var answer = (await UploadAsync($"/{bucket}/key", "content")).ShouldBe(200);
        var version = answer.Header("x-amz-version-id")!;
        (await VersionsAsync(bucket)).ShouldBe([$"key@{version}*", $"key@{before}"]);
        (await Raw.GetAsync($"/{bucket}/key?versionId={version}")).Text.ShouldBe("content");
    }

    [Fact]
    public async Task Completing_again_tells_the_same_version()
    {
        var bucket = await NewVersionedBucketAsync();
        var (id, parts) = await StartAsync($"/{bucket}/key", "content");
        var first = await CompleteAsync($"/{bucket}/key", id, parts);
        var again = (await CompleteAsync($"/{bucket}/key", id, parts)).ShouldBe(200);
        again.Header("x-amz-version-id").ShouldBe(first.Header("x-amz-version-id"));
        (await VersionsAsync(bucket)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_suspended_bucket_gets_a_null_version()
    {
        var bucket = await NewVersionedBucketAsync();
        var before = await PutVersionAsync($"/{bucket}/key", "before");
        var (id, parts) = await StartAsync($"/{bucket}/key", "content");
        // What counts is how the bucket is when the upload is completed.
        await SetVersioningAsync(bucket, "Suspended");
        (await CompleteAsync($"/{bucket}/key", id, parts)).ShouldBe(200).Header("x-amz-version-id").ShouldBeNull();
        (await UploadAsync($"/{bucket}/key", "more")).ShouldBe(200);
        (await VersionsAsync(bucket)).ShouldBe(["key@null*", $"key@{before}"]);
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("more");
    }

    [Fact]
    public async Task Tags_are_given_when_it_starts()
    {
        var bucket = await NewVersionedBucketAsync();
        var answer = await UploadAsync($"/{bucket}/key", "content", ("x-amz-tagging", "a=1&b=2"));
        var tags = await Raw.GetAsync($"/{bucket}/key?tagging&versionId={answer.Header("x-amz-version-id")}");
        tags.Elements("Value").ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_part_is_copied_from_the_version_that_is_named()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/from", "0123456789");
        await PutVersionAsync($"/{bucket}/from", "other");
        var marker = await MarkAsync($"/{bucket}/from");
        var id = (await Raw.SendAsync("POST", $"/{bucket}/to?uploads")).Element("UploadId")!;
        var part = (await CopyPartAsync(bucket, id, $"from?versionId={first}", "bytes=2-5")).ShouldBe(200);
        part.Header("x-amz-copy-source-version-id").ShouldBe(first);
        (await CopyPartAsync(bucket, id, "from")).ShouldBeError(404, "NoSuchKey");
        (await CopyPartAsync(bucket, id, $"from?versionId={marker}")).ShouldBeError(400, "InvalidRequest");
        (await CopyPartAsync(bucket, id, $"from?versionId={UnknownVersion}")).ShouldBeError(404, "NoSuchVersion");
        (await CopyPartAsync(bucket, id, "from?versionId=abc")).ShouldBeError(400, "InvalidArgument");
        await CompleteAsync($"/{bucket}/to", id, MultipartTests.PartList((1, part.Element("ETag")!)));
        (await Raw.GetAsync($"/{bucket}/to")).Text.ShouldBe("2345");
    }

    private Task<RawResponse> CopyPartAsync(string bucket, string id, string source, string? range = null) =>
        Raw.PutAsync($"/{bucket}/to?partNumber=1&uploadId={id}", "", range is null
            ? [("x-amz-copy-source", $"{bucket}/{source}")]
            : [("x-amz-copy-source", $"{bucket}/{source}"), ("x-amz-copy-source-range", range)]);

    private async Task<(string Id, string Parts)> StartAsync(
        string target, string text, params (string, string)[] headers)
    {
        var id = (await Raw.SendAsync("POST", $"{target}?uploads", "", headers)).ShouldBe(200).Element("UploadId")!;
        var part = await Raw.SendAsync(new RawRequest("PUT", MultipartTests.PartTarget(target, id, 1))
        {
            Body = Encoding.UTF8.GetBytes(text),
        });
        return (id, MultipartTests.PartList((1, part.ShouldBe(200).Header("ETag")!)));
    }

    private Task<RawResponse> CompleteAsync(string target, string id, string parts) =>
        Raw.SendAsync("POST", $"{target}?uploadId={id}", parts);

    private async Task<RawResponse> UploadAsync(string target, string text, params (string, string)[] headers)
    {
        var (id, parts) = await StartAsync(target, text, headers);
        return await CompleteAsync(target, id, parts);
    }
}
