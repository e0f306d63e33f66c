using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class MetadataTests : StoreTests
{
    [Theory]
    [InlineData("Content-Type", "text/html; charset=utf-8")]
    [InlineData("Cache-Control", "max-age=60, private")]
    [InlineData("Content-Disposition", "attachment; filename=\"a b.txt\"")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("Content-Language", "de-DE")]
    [InlineData("Expires", "Thu, 01 Dec 2033 16:00:00 GMT")]
    [InlineData("x-amz-website-redirect-location", "/elsewhere")]
    [InlineData("x-amz-meta-plain", "value with spaces")]
    public async Task Gives_back_what_was_given(string name, string value)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", (name, value))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key")).Header(name).ShouldBe(value);
        (await Raw.SendAsync("HEAD", $"/{bucket}/key")).Header(name).ShouldBe(value);
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("")]
    [InlineData("ftp://example.com/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_redirect_location_is_a_path_or_a_page_of_the_web(string location)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-website-redirect-location", location)))
            .ShouldBeError(400, "InvalidRedirectLocation",
                "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Names_of_user_metadata_are_not_case_sensitive()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("X-Amz-Meta-MiXeD", "Value"))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-meta-mixed").ShouldBe("Value");
    }

    [Fact]
    public async Task Accepts_user_metadata_of_2_KiB()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-meta-k", new string('v', 2047)))).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_user_metadata_above_2_KiB()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-meta-k", new string('v', 2048))))
            .ShouldBeError(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size");
    }

    [Fact]
    public async Task The_sdk_reads_its_own_metadata_back()
    {
        var bucket = await NewBucketAsync();
        var put = new Amazon.S3.Model.PutObjectRequest { BucketName = bucket, Key = "key", ContentBody = "x" };
        put.Metadata["colour"] = "blue";
        put.Headers.ContentType = "application/json";
        await S3.PutObjectAsync(put);
        var got = await S3.GetObjectMetadataAsync(bucket, "key");
        got.Metadata["colour"].ShouldBe("blue");
        got.Headers.ContentType.ShouldBe("application/json");
    }
}
