using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>CopyObject from, to and within versioned buckets.</summary>
public sealed class CopyVersionTests : VersionTests
{
    [Fact]
    public async Task Copies_the_version_that_is_named()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/from", "first", ("x-amz-meta-n", "1"));
        var second = await PutVersionAsync($"/{bucket}/from", "second");
        var answer = (await CopyAsync($"/{bucket}/to", $"{bucket}/from?versionId={first}")).ShouldBe(200);
        answer.Header("x-amz-copy-source-version-id").ShouldBe(first);
        var copy = await Raw.GetAsync($"/{bucket}/to");
        (copy.Text, copy.Header("x-amz-meta-n")).ShouldBe(("first", "1"));
        copy.Header("x-amz-version-id").ShouldBe(answer.Header("x-amz-version-id"));
        answer = (await CopyAsync($"/{bucket}/to", $"{bucket}/from")).ShouldBe(200);
        answer.Header("x-amz-copy-source-version-id").ShouldBe(second);
        (await Raw.GetAsync($"/{bucket}/to")).Text.ShouldBe("second");
    }

    [Fact]
    public async Task Restores_an_old_version_onto_its_key()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/key", "first");
        var second = await PutVersionAsync($"/{bucket}/key", "second");
        var copied = await S3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = "key",
            SourceVersionId = first,
            DestinationBucket = bucket,
            DestinationKey = "key",
        });
        copied.SourceVersionId.ShouldBe(first);
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("first");
        (await VersionsAsync(bucket)).ShouldBe([$"key@{copied.VersionId}*", $"key@{second}", $"key@{first}"]);
    }

    [Fact]
    public async Task The_newest_version_onto_itself_must_change_something()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        (await CopyAsync($"/{bucket}/key", $"{bucket}/key")).ShouldBeError(400, "InvalidRequest");
        (await CopyAsync($"/{bucket}/key", $"{bucket}/key", ("x-amz-metadata-directive", "REPLACE"))).ShouldBe(200);
    }

    [Fact]
    public async Task Between_buckets_each_tells_of_its_own_versions()
    {
        var (plain, versioned) = (await NewBucketAsync(), await NewVersionedBucketAsync());
        await Raw.PutAsync($"/{plain}/from", "x");
        var answer = (await CopyAsync($"/{versioned}/to", $"{plain}/from")).ShouldBe(200);
        answer.Header("x-amz-copy-source-version-id").ShouldBeNull();
        var version = answer.Header("x-amz-version-id")!;
        answer = (await CopyAsync($"/{plain}/back", $"{versioned}/to?versionId={version}")).ShouldBe(200);
        (answer.Header("x-amz-copy-source-version-id"), answer.Header("x-amz-version-id")).ShouldBe((version, null));
        (await CopyAsync($"/{plain}/again", $"{plain}/from?versionId=null")).ShouldBe(200);
        await SetVersioningAsync(versioned, "Suspended");
        answer = (await CopyAsync($"/{versioned}/to", $"{plain}/from")).ShouldBe(200);
        answer.Header("x-amz-version-id").ShouldBeNull();
        (await VersionsAsync(versioned)).ShouldBe(["to@null*", $"to@{version}"]);
    }

    [Fact]
    public async Task A_marker_cannot_be_copied()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/from", "x");
        var marker = await MarkAsync($"/{bucket}/from");
        (await CopyAsync($"/{bucket}/to", $"{bucket}/from")).ShouldBeError(404, "NoSuchKey");
        (await CopyAsync($"/{bucket}/to", $"{bucket}/from?versionId={marker}")).ShouldBeError(400, "InvalidRequest",
            "The source of a copy request may not specifically refer to a delete marker by version id.");
        (await VersionsAsync(bucket, "&prefix=to")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UnknownVersion, 404, "NoSuchVersion")]
    [InlineData("null", 404, "NoSuchVersion")]
    [InlineData("abc", 400, "InvalidArgument")]
    [InlineData("", 400, "InvalidArgument")]
    public async Task Rejects_a_version_that_is_not_there(string version, int status, string code)
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/from", "x");
        (await CopyAsync($"/{bucket}/to", $"{bucket}/from?versionId={version}")).ShouldBeError(status, code);
    }

    [Fact]
    public async Task Tags_are_copied_or_replaced_on_their_own()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/from", "x", ("x-amz-tagging", "a=1&b=2"), ("x-amz-meta-m", "old"));
        await CopyAsync($"/{bucket}/kept", $"{bucket}/from", ("x-amz-metadata-directive", "REPLACE"),
            ("x-amz-meta-m", "new"), ("x-amz-tagging", "ignored=1"));
        await CopyAsync($"/{bucket}/replaced", $"{bucket}/from", ("x-amz-tagging-directive", "REPLACE"),
            ("x-amz-tagging", "c=3"));
        await CopyAsync($"/{bucket}/removed", $"{bucket}/from", ("x-amz-tagging-directive", "REPLACE"));
        foreach (var (key, keys, metadata) in new[]
        {
            ("kept", "a b", "new"), ("replaced", "c", "old"), ("removed", "", "old"),
        })
        {
            string.Join(' ', (await Raw.GetAsync($"/{bucket}/{key}?tagging")).Elements("Key")).ShouldBe(keys);
            (await Raw.GetAsync($"/{bucket}/{key}")).Header("x-amz-meta-m").ShouldBe(metadata);
        }
        (await CopyAsync($"/{bucket}/to", $"{bucket}/from", ("x-amz-tagging-directive", "MERGE")))
            .ShouldBeError(400, "InvalidArgument", "Unknown tagging directive.");
    }

    [Fact]
    public async Task The_tags_of_the_copied_version_come_along()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/from", "x", ("x-amz-tagging", "v=1"));
        await PutVersionAsync($"/{bucket}/from", "x", ("x-amz-tagging", "v=2"));
        await CopyAsync($"/{bucket}/to", $"{bucket}/from?versionId={first}");
        (await Raw.GetAsync($"/{bucket}/to?tagging")).Element("Value").ShouldBe("1");
    }

    private Task<RawResponse> CopyAsync(string target, string source, params (string, string)[] headers) =>
        Raw.PutAsync(target, "", [("x-amz-copy-source", source), .. headers]);
}
