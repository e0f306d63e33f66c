using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Tags;

/// <summary>PutObjectTagging, GetObjectTagging, DeleteObjectTagging and x-amz-tagging.</summary>
public sealed class ObjectTaggingTests : VersionTests
{
    public static TheoryData<string, string, string?> Invalid { get; } = new()
    {
        { Set([.. Enumerable.Range(0, 11).Select(n => ($"k{n}", "v"))]), "InvalidTag",
            "Object tags cannot be greater than 10" },
        { Set(("", "v")), "InvalidTag", null },
        { Set((new string('k', 129), "v")), "InvalidTag", null },
        { Set(("k", new string('v', 257))), "InvalidTag", null },
        { Set(("a", "1"), ("a", "2")), "InvalidTag", "Cannot provide multiple Tags with the same key" },
        { Set(("aws:k", "v")), "InvalidTag", null },
        { Set(("k", "{v}")), "InvalidTag", null },
        { "", "MalformedXML", null },
        { "<Tagging/>", "MalformedXML", null },
        { "<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>", "MalformedXML", null },
        { "<Tagging><TagSet><Other/></TagSet></Tagging>", "MalformedXML", null },
        { "<TagSet/>", "MalformedXML", null },
    };

    [Fact]
    public async Task Sets_tells_and_removes_tags()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await Raw.GetAsync($"/{bucket}/key?tagging")).ShouldBe(200).Elements("Tag").ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-tagging-count").ShouldBeNull();
        await S3.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = bucket,
            Key = "key",
            Tagging = new Tagging { TagSet = [new() { Key = "a", Value = "1" }, new() { Key = "ü b", Value = "" }] },
        });
        var tags = await S3.GetObjectTaggingAsync(new GetObjectTaggingRequest { BucketName = bucket, Key = "key" });
        tags.Tagging.Select(tag => (tag.Key, tag.Value)).ShouldBe([("a", "1"), ("ü b", "")]);
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-tagging-count").ShouldBe("2");
        (await Raw.SendAsync("HEAD", $"/{bucket}/key")).Header("x-amz-tagging-count").ShouldBe("2");
        (await Raw.PutAsync($"/{bucket}/key?tagging", Set(("c", "3")))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key?tagging")).Elements("Key").ShouldBe(["c"]);
        (await Raw.SendAsync("DELETE", $"/{bucket}/key?tagging")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/key?tagging")).Elements("Tag").ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_change_neither_etag_nor_time()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-meta-a", "b"));
        var before = await Raw.GetAsync($"/{bucket}/key");
        await Raw.PutAsync($"/{bucket}/key?tagging", Set(("a", "1")));
        var after = await Raw.GetAsync($"/{bucket}/key");
        foreach (var header in new[] { "ETag", "Last-Modified", "x-amz-meta-a" })
            after.Header(header).ShouldBe(before.Header(header));
        after.Text.ShouldBe("x");
    }

    [Fact]
    public async Task Takes_as_many_and_as_long_tags_as_there_may_be()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        var most = Enumerable.Range(0, 10).Select(n => ($"{n}{new string('k', 127)}", new string('v', 256))).ToArray();
        (await Raw.PutAsync($"/{bucket}/key?tagging", Set(most))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key?tagging")).Elements("Key").Count.ShouldBe(10);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Rejects_what_are_no_tags(string body, string code, string? message)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-tagging", "old=1"));
        (await Raw.PutAsync($"/{bucket}/key?tagging", body)).ShouldBeError(400, code, message);
        (await Raw.GetAsync($"/{bucket}/key?tagging")).Elements("Key").ShouldBe(["old"]);
    }

    [Theory]
    [InlineData("a=1&b=%C3%BC+x&c", "a=1 b=ü x c=")]
    [InlineData("", "")]
    public async Task The_header_sets_tags_on_put(string header, string tags)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-tagging", header))).ShouldBe(200);
        var answer = await Raw.GetAsync($"/{bucket}/key?tagging");
        string.Join(' ', answer.Elements("Key").Zip(answer.Elements("Value"), (k, v) => $"{k}={v}")).ShouldBe(tags);
    }

    [Theory]
    [InlineData("a=1&a=2", "InvalidArgument")]
    [InlineData("a=%zz", "InvalidArgument")]
    [InlineData("=1", "InvalidTag")]
    [InlineData("aws:a=1", "InvalidTag")]
    [InlineData("0=&1=&2=&3=&4=&5=&6=&7=&8=&9=&10=", "InvalidTag")]
    public async Task Rejects_a_header_of_what_are_no_tags(string header, string code)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-tagging", header))).ShouldBeError(400, code);
        (await Raw.SendAsync("POST", $"/{bucket}/key?uploads", "", ("x-amz-tagging", header))).ShouldBeError(400, code);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Each_version_has_its_own_tags()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/key", "x", ("x-amz-tagging", "v=1"));
        var second = await PutVersionAsync($"/{bucket}/key", "x", ("x-amz-tagging", "v=2"));
        (await Raw.PutAsync($"/{bucket}/key?tagging&versionId={first}", Set(("v", "changed"))))
            .ShouldBe(200).Header("x-amz-version-id").ShouldBe(first);
        (await Raw.PutAsync($"/{bucket}/key?tagging", Set(("v", "newest"))))
            .ShouldBe(200).Header("x-amz-version-id").ShouldBe(second);
        var tags = (await Raw.GetAsync($"/{bucket}/key?tagging&versionId={first}")).ShouldBe(200);
        (tags.Element("Value"), tags.Header("x-amz-version-id")).ShouldBe(("changed", first));
        tags = await Raw.GetAsync($"/{bucket}/key?tagging");
        (tags.Element("Value"), tags.Header("x-amz-version-id")).ShouldBe(("newest", second));
        (await Raw.SendAsync("DELETE", $"/{bucket}/key?tagging&versionId={first}")).ShouldBe(204)
            .Header("x-amz-version-id").ShouldBe(first);
        (await Raw.GetAsync($"/{bucket}/key?tagging&versionId={first}")).Elements("Tag").ShouldBeEmpty();
        (await VersionsAsync(bucket)).ShouldBe([$"key@{second}*", $"key@{first}"]);
    }

    [Fact]
    public async Task A_marker_has_none()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        var marker = await MarkAsync($"/{bucket}/key");
        foreach (var query in new[] { "?tagging", $"?tagging&versionId={marker}" })
        {
            foreach (var (method, body) in new[] { ("GET", ""), ("PUT", Set(("a", "1"))), ("DELETE", "") })
            {
                (await Raw.SendAsync(method, $"/{bucket}/key{query}", body)).ShouldBeError(405, "MethodNotAllowed")
                    .Header("x-amz-delete-marker").ShouldBe("true");
            }
        }
    }

    [Fact]
    public async Task Rejects_what_does_not_exist()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        foreach (var (method, body) in new[] { ("GET", ""), ("PUT", Set(("a", "1"))), ("DELETE", "") })
        {
            (await Raw.SendAsync(method, $"/{bucket}/never?tagging", body)).ShouldBeError(404, "NoSuchKey");
            (await Raw.SendAsync(method, $"/{bucket}/key?tagging&versionId={UnknownVersion}", body))
                .ShouldBeError(404, "NoSuchVersion");
            (await Raw.SendAsync(method, $"/{bucket}/key?tagging&versionId=abc", body))
                .ShouldBeError(400, "InvalidArgument");
            (await Raw.SendAsync(method, $"/{UniqueName()}/key?tagging", body)).ShouldBeError(404, "NoSuchBucket");
        }
    }

    private static string Set(params (string Key, string Value)[] tags) =>
        $"<Tagging {Namespace}><TagSet>" + string.Concat(tags.Select(tag =>
            $"<Tag><Key>{tag.Key}</Key><Value>{tag.Value}</Value></Tag>")) + "</TagSet></Tagging>";
}
