using Amazon.S3;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>DeleteObject with conditions.</summary>
public sealed class ConditionalDeleteTests : VersionTests
{
    private const string Other = "\"ffffffffffffffffffffffffffffffff\"";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task If_match_deletes_what_the_client_saw(bool versioned)
    {
        var bucket = versioned ? await NewVersionedBucketAsync() : await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/key", "x")).Header("ETag")!;
        (await DeleteAsync($"/{bucket}/key", null, ("If-Match", Other)))
            .ShouldBeError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
            .Element("Condition").ShouldBe("If-Match");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
        (await DeleteAsync($"/{bucket}/key", null, ("If-Match", etag))).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task If_match_finds_nothing_where_there_is_no_object(bool versioned)
    {
        var bucket = versioned ? await NewVersionedBucketAsync() : await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/gone", "x")).Header("ETag")!;
        await DeleteAsync($"/{bucket}/gone");
        var before = await VersionsAsync(bucket);
        foreach (var key in new[] { "never", "gone" })
        {
            foreach (var match in new[] { "*", etag, Other })
                (await DeleteAsync($"/{bucket}/{key}", null, ("If-Match", match))).ShouldBeError(404, "NoSuchKey");
        }
        (await VersionsAsync(bucket)).ShouldBe(before);
    }

    [Fact]
    public async Task If_match_star_deletes_whatever_is_there()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await DeleteAsync($"/{bucket}/key", null, ("If-Match", "*"))).ShouldBe(204);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Size_and_time_must_be_those_of_the_object()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "12345");
        var modified = (await Raw.GetAsync($"/{bucket}/key")).Header("Last-Modified")!;
        const string Time = "x-amz-if-match-last-modified-time", Size = "x-amz-if-match-size";
        (await DeleteAsync($"/{bucket}/key", null, (Size, "6"))).ShouldBeError(412, "PreconditionFailed")
            .Element("Condition").ShouldBe(Size);
        (await DeleteAsync($"/{bucket}/key", null, (Time, "Thu, 01 Dec 1994 16:00:00 GMT")))
            .ShouldBeError(412, "PreconditionFailed").Element("Condition").ShouldBe(Time);
        (await DeleteAsync($"/{bucket}/key", null, (Size, "5"), (Time, "Thu, 01 Dec 1994 16:00:00 GMT")))
            .ShouldBeError(412, "PreconditionFailed");
        (await DeleteAsync($"/{bucket}/key", null, (Size, "5"), (Time, modified))).ShouldBe(204);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
        // Gone is as good as deleted.
        (await DeleteAsync($"/{bucket}/key", null, (Size, "6"), (Time, modified))).ShouldBe(204);
    }

    [Theory]
    [InlineData("x-amz-if-match-size", "-1")]
    [InlineData("x-amz-if-match-size", "five")]
    [InlineData("x-amz-if-match-last-modified-time", "yesterday")]
    public async Task Rejects_what_is_no_condition(string name, string value)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await DeleteAsync($"/{bucket}/key", null, (name, value))).ShouldBeError(400, "InvalidArgument")
            .Element("ArgumentName").ShouldBe(name);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task The_conditions_on_a_version_are_about_that_version()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/key", "first");
        var second = await PutVersionAsync($"/{bucket}/key", "second");
        (await DeleteAsync($"/{bucket}/key", first, ("If-Match", TestData.Md5("second"u8))))
            .ShouldBeError(412, "PreconditionFailed");
        (await DeleteAsync($"/{bucket}/key", first, ("If-Match", TestData.Md5("first"u8)))).ShouldBe(204);
        (await VersionsAsync(bucket)).ShouldBe([$"key@{second}*"]);
    }

    [Fact]
    public async Task The_sdk_sends_conditions()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/key", "x")).Header("ETag")!;
        var refused = await Should.ThrowAsync<AmazonS3Exception>(() => S3.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = bucket, Key = "key", IfMatch = Other }));
        refused.ErrorCode.ShouldBe("PreconditionFailed");
        await S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = "key", IfMatch = etag });
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_of_16_wins(bool versioned)
    {
        var bucket = versioned ? await NewVersionedBucketAsync() : await NewBucketAsync();
        for (var round = 0; round < 4; round++)
        {
            var etag = (await Raw.PutAsync($"/{bucket}/key", $"{round}")).Header("ETag")!;
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => n % 2 == 0
                ? DeleteAsync($"/{bucket}/key", null, ("If-Match", etag))
                : Raw.PutAsync($"/{bucket}/key", $"writer {n}", ("If-Match", etag))));
            answers.Count(answer => answer.Status is 200 or 204).ShouldBe(1);
            answers.Where(answer => answer.Status is not (200 or 204))
                .ShouldAllBe(answer => answer.Status == 412 || answer.Status == 404);
        }
    }
}
