using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class DeleteObjectsTests : StoreTests
{
    private const string Namespace = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    [Fact]
    public async Task Deletes_many_and_tells_each()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b", "keep" })
            await Raw.PutAsync($"/{bucket}/{key}", key);
        var answer = await DeleteAsync(bucket, Body("a", "b", "never-existed"));
        answer.ShouldBe(200).Xml.Name.LocalName.ShouldBe("DeleteResult");
        answer.Elements("Key").ShouldBe(["a", "b", "never-existed"], ignoreOrder: true);
        answer.Elements("Error").ShouldBeEmpty();
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["keep"]);
    }

    [Fact]
    public async Task Quiet_tells_only_errors()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "x");
        var body = $"<Delete {Namespace}><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>";
        (await DeleteAsync(bucket, body)).ShouldBe(200).Elements("Deleted").ShouldBeEmpty();
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_keys_with_every_kind_of_character()
    {
        var bucket = await NewBucketAsync();
        string[] keys = ["a&b<c>", "ünï/çødé 😀", " lead and trail ", "a//b", "..", "+%25"];
        foreach (var key in keys)
            (await Raw.PutAsync($"/{bucket}/{SignatureV4.Encode(key, keepSlash: true)}", "x")).ShouldBe(200);
        (await DeleteAsync(bucket, Body(keys))).ShouldBe(200).Elements("Key").ShouldBe(keys, ignoreOrder: true);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Takes_1000_keys_and_no_more()
    {
        var bucket = await NewBucketAsync();
        var keys = Enumerable.Range(0, 1001).Select(n => $"key-{n}").ToArray();
        (await DeleteAsync(bucket, Body(keys[..1000]))).ShouldBe(200).Elements("Deleted").Count.ShouldBe(1000);
        (await DeleteAsync(bucket, Body(keys))).ShouldBeError(400, "MalformedXML");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Delete>")]
    [InlineData("<Other/>")]
    [InlineData("<Delete></Delete>")]
    [InlineData("<Delete><Object></Object></Delete>")]
    [InlineData("{}")]
    public async Task Rejects_a_body_that_is_no_list_of_keys(string body)
    {
        var bucket = await NewBucketAsync();
        var answer = await DeleteAsync(bucket, body);
        answer.Status.ShouldBe(400, answer.Text);
        answer.Element("Code").ShouldBeOneOf("MalformedXML", "MissingRequestBodyError");
    }

    [Fact]
    public async Task Rejects_a_wrong_content_md5()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "x");
        (await Raw.SendAsync("POST", $"/{bucket}?delete", Body("a"), ("Content-MD5", TestData.Md5Base64("y"u8))))
            .ShouldBeError(400, "BadDigest");
        (await Raw.GetAsync($"/{bucket}/a")).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket() =>
        (await DeleteAsync(UniqueName(), Body("a"))).ShouldBeError(404, "NoSuchBucket");

    private static string Body(params string[] keys) =>
        $"<Delete {Namespace}>" + string.Concat(keys.Select(key =>
            $"<Object><Key>{System.Security.SecurityElement.Escape(key)}</Key></Object>")) + "</Delete>";

    private Task<RawResponse> DeleteAsync(string bucket, string body) =>
        Raw.SendAsync("POST", $"/{bucket}?delete", body,
            ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(body))));
}
