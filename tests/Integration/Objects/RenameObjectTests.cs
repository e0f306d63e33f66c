using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class RenameObjectTests : VersionTests
{
    private const string Other = "\"ffffffffffffffffffffffffffffffff\"";

    [Fact]
    public async Task Moves_content_metadata_and_tags()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "content", ("Content-Type", "text/plain"), ("x-amz-meta-a", "b"),
            ("x-amz-tagging", "t=1"));
        (await RenameAsync(bucket, "from", "to")).ShouldBe(200).Body.ShouldBeEmpty();
        var got = (await Raw.GetAsync($"/{bucket}/to")).ShouldBe(200);
        (got.Text, got.Header("Content-Type"), got.Header("x-amz-meta-a"), got.Header("x-amz-tagging-count"))
            .ShouldBe(("content", "text/plain", "b", "1"));
        (await Raw.GetAsync($"/{bucket}/from")).ShouldBeError(404, "NoSuchKey");
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["to"]);
    }

    [Theory]
    [InlineData("a b+c%d", "ünï/çødé")]
    [InlineData("what?x=1&y", "dir//two")]
    [InlineData("..", "../up")]
    public async Task Takes_keys_that_need_encoding(string from, string to)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/{SignatureV4.Encode(from, keepSlash: true)}", "x");
        (await RenameAsync(bucket, SignatureV4.Encode(from, keepSlash: true), SignatureV4.Encode(to, keepSlash: true)))
            .ShouldBe(200);
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe([to]);
    }

    [Fact]
    public async Task The_source_may_be_named_with_its_bucket()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "x");
        (await RenameAsync(bucket, $"/{bucket}/from", "to")).ShouldBe(200);
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["to"]);
    }

    [Fact]
    public async Task Replaces_what_was_there_unless_told_not_to()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "new");
        var etag = (await Raw.PutAsync($"/{bucket}/to", "old")).Header("ETag")!;
        (await RenameAsync(bucket, "from", "to", ("If-None-Match", "*"))).ShouldBeError(412, "PreconditionFailed")
            .Element("Condition").ShouldBe("If-None-Match");
        (await RenameAsync(bucket, "from", "to", ("If-Match", Other))).ShouldBeError(412, "PreconditionFailed");
        (await RenameAsync(bucket, "from", "never", ("If-Match", etag))).ShouldBeError(404, "NoSuchKey");
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["from", "to"]);
        (await RenameAsync(bucket, "from", "to", ("If-Match", etag))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/to")).Text.ShouldBe("new");
    }

    [Fact]
    public async Task Honours_conditions_on_the_source()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/from", "x")).Header("ETag")!;
        foreach (var (name, value) in new[]
        {
            ("if-match", Other), ("if-none-match", etag), ("if-none-match", "*"),
            ("if-unmodified-since", "Thu, 01 Dec 1994 16:00:00 GMT"),
            ("if-modified-since", "Thu, 01 Dec 2033 16:00:00 GMT"),
        })
        {
            (await RenameAsync(bucket, "from", "to", ($"x-amz-rename-source-{name}", value)))
                .ShouldBeError(412, "PreconditionFailed");
        }
        (await RenameAsync(bucket, "from", "to", ("x-amz-rename-source-if-match", etag))).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_a_source_that_is_not_there_or_is_the_destination()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await RenameAsync(bucket, "never", "to")).ShouldBeError(404, "NoSuchKey").Element("Key").ShouldBe("never");
        (await RenameAsync(bucket, "key", "key")).ShouldBeError(400, "InvalidRequest");
        (await Raw.PutAsync($"/{bucket}/to?renameObject")).ShouldBeError(400, "InvalidRequest");
        (await RenameAsync(UniqueName(), "key", "to")).ShouldBeError(404, "NoSuchBucket");
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["key"]);
    }

    [Fact]
    public async Task In_a_versioned_bucket_the_old_key_gets_a_marker()
    {
        var bucket = await NewVersionedBucketAsync();
        var from = await PutVersionAsync($"/{bucket}/from", "content");
        var before = await PutVersionAsync($"/{bucket}/to", "old");
        var version = (await RenameAsync(bucket, "from", "to")).ShouldBe(200).Header("x-amz-version-id");
        var entries = await VersionsAsync(bucket);
        entries[0].ShouldMatch("^from@[0-9a-f]{16}\\*†$");
        entries.Skip(1).ShouldBe([$"from@{from}", $"to@{version}*", $"to@{before}"]);
        (await RenameAsync(bucket, "from", "again")).ShouldBeError(404, "NoSuchKey");
        (await Raw.GetAsync($"/{bucket}/from?versionId={from}")).Text.ShouldBe("content");
    }

    [Fact]
    public async Task One_of_many_wins()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "content");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => RenameAsync(bucket, "from", $"to{n}")));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 404);
        (await S3.ListAllAsync(bucket)).Count.ShouldBe(1);
    }

    private Task<RawResponse> RenameAsync(
        string bucket, string from, string to, params (string Name, string Value)[] headers) =>
        Raw.PutAsync($"/{bucket}/{to}?renameObject", "", [("x-amz-rename-source", from), .. headers]);
}
