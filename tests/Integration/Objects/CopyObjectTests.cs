using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class CopyObjectTests : StoreTests
{
    [Fact]
    public async Task Copies_bytes_and_metadata()
    {
        var bucket = await NewBucketAsync();
        var other = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "content", ("Content-Type", "text/plain"), ("x-amz-meta-a", "b"));
        var answer = await CopyAsync($"/{other}/to", $"/{bucket}/from");
        answer.ShouldBe(200).Xml.Name.LocalName.ShouldBe("CopyObjectResult");
        answer.Element("ETag").ShouldBe($"\"{TestData.Md5("content"u8)}\"");
        answer.Element("LastModified").ShouldNotBeNullOrEmpty();
        var copy = (await Raw.GetAsync($"/{other}/to")).ShouldBe(200);
        copy.Text.ShouldBe("content");
        copy.Header("Content-Type").ShouldBe("text/plain");
        copy.Header("x-amz-meta-a").ShouldBe("b");
    }

    [Fact]
    public async Task Replaces_metadata_when_told()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "content", ("Content-Type", "text/plain"), ("x-amz-meta-a", "b"));
        (await CopyAsync($"/{bucket}/from", $"{bucket}/from", ("x-amz-metadata-directive", "REPLACE"),
            ("Content-Type", "text/html"), ("x-amz-meta-c", "d"))).ShouldBe(200);
        var copy = await Raw.GetAsync($"/{bucket}/from");
        copy.Text.ShouldBe("content");
        copy.Header("Content-Type").ShouldBe("text/html");
        copy.Header("x-amz-meta-a").ShouldBeNull();
        copy.Header("x-amz-meta-c").ShouldBe("d");
    }

    [Fact]
    public async Task Rejects_a_copy_to_itself_that_changes_nothing()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await CopyAsync($"/{bucket}/key", $"/{bucket}/key")).ShouldBeError(400, "InvalidRequest");
    }

    [Fact]
    public async Task Survives_the_deletion_of_its_source()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "content");
        await CopyAsync($"/{bucket}/to", $"/{bucket}/from");
        await Raw.SendAsync("DELETE", $"/{bucket}/from");
        (await Raw.GetAsync($"/{bucket}/to")).ShouldBe(200).Text.ShouldBe("content");
    }

    [Theory]
    [InlineData("a b+c%d")]
    [InlineData("ünï/çødé")]
    [InlineData("what?versionId")]
    public async Task Decodes_the_source_key(string key)
    {
        var bucket = await NewBucketAsync();
        var encoded = SignatureV4.Encode(key, keepSlash: true);
        await Raw.PutAsync($"/{bucket}/{encoded}", "content");
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/{encoded}")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/to")).Text.ShouldBe("content");
    }

    [Fact]
    public async Task Rejects_an_unknown_source()
    {
        var bucket = await NewBucketAsync();
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/nothing")).ShouldBeError(404, "NoSuchKey");
        (await CopyAsync($"/{bucket}/to", $"/{UniqueName()}/key")).ShouldBeError(404, "NoSuchBucket");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("bucketonly")]
    public async Task Rejects_a_source_without_a_key(string source)
    {
        var bucket = await NewBucketAsync();
        (await CopyAsync($"/{bucket}/to", source)).ShouldBeError(400, "InvalidArgument");
    }

    [Fact]
    public async Task Honours_conditions_on_the_source()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/from", "x")).Header("ETag")!;
        const string Other = "\"ffffffffffffffffffffffffffffffff\"";
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from", ("x-amz-copy-source-if-match", etag))).ShouldBe(200);
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from", ("x-amz-copy-source-if-match", Other)))
            .ShouldBeError(412, "PreconditionFailed");
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from", ("x-amz-copy-source-if-none-match", etag)))
            .ShouldBeError(412, "PreconditionFailed");
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from", ("x-amz-copy-source-if-none-match", Other)))
            .ShouldBe(200);
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from",
            ("x-amz-copy-source-if-modified-since", "Thu, 01 Dec 2033 16:00:00 GMT"))).Status.ShouldBeOneOf(200, 412);
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from",
            ("x-amz-copy-source-if-unmodified-since", "Thu, 01 Dec 1994 16:00:00 GMT")))
            .ShouldBeError(412, "PreconditionFailed");
    }

    [Fact]
    public async Task Rejects_an_unknown_directive()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "x");
        (await CopyAsync($"/{bucket}/to", $"/{bucket}/from", ("x-amz-metadata-directive", "MERGE")))
            .ShouldBeError(400, "InvalidArgument");
    }

    private Task<RawResponse> CopyAsync(string target, string source, params (string, string)[] headers) =>
        Raw.PutAsync(target, "", [("x-amz-copy-source", source), .. headers]);
}
