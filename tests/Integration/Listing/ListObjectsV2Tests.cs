using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Listing;

public sealed class ListObjectsV2Tests : StoreTests
{
    private static readonly string[] Keys =
        ["a", "a/1", "a/2", "a/b/3", "b", "b/4", "c//5", "c/6", "d", "ünï", "日本", "😀"];

    private string _bucket = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
        foreach (var key in Keys)
            await Raw.PutAsync($"/{_bucket}/{SignatureV4.Encode(key, keepSlash: true)}", key);
    }

    [Fact]
    public async Task Lists_in_byte_order()
    {
        var answer = await ListAsync("");
        answer.Elements("Key").ShouldBe(Keys.Order(Utf8Order.Instance));
        answer.Element("KeyCount").ShouldBe("12");
        answer.Element("MaxKeys").ShouldBe("1000");
        answer.Element("IsTruncated").ShouldBe("false");
        answer.Element("Name").ShouldBe(_bucket);
        answer.Element("NextContinuationToken").ShouldBeNull();
        answer.Xml.Name.ToString().ShouldBe("{http://s3.amazonaws.com/doc/2006-03-01/}ListBucketResult");
    }

    [Fact]
    public async Task Tells_size_etag_time_and_class()
    {
        var answer = await ListAsync("&prefix=a%2F1");
        answer.Element("Size").ShouldBe("3");
        answer.Element("ETag").ShouldBe($"\"{TestData.Md5("a/1"u8)}\"");
        answer.Element("StorageClass").ShouldBe("STANDARD");
        answer.Element("LastModified")!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        answer.Element("Owner").ShouldBeNull();
        (await ListAsync("&prefix=a%2F1&fetch-owner=true")).Element("Owner").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("a", "a|a/1|a/2|a/b/3")]
    [InlineData("a/", "a/1|a/2|a/b/3")]
    [InlineData("a%2F", "a/1|a/2|a/b/3")]
    [InlineData("%F0%9F%98%80", "😀")]
    [InlineData("zz", "")]
    [InlineData("_", "")]
    public async Task Filters_by_prefix(string prefix, string expected) =>
        (await ListAsync($"&prefix={prefix}")).Elements("Key").ShouldBe(Split(expected));

    [Theory]
    [InlineData("", "a|b|d|ünï|日本|😀", "a/|b/|c/")]
    [InlineData("a/", "a/1|a/2", "a/b/")]
    [InlineData("c/", "c/6", "c//")]
    [InlineData("a", "a", "a/")]
    public async Task Rolls_up_at_the_delimiter(string prefix, string keys, string prefixes)
    {
        var answer = await ListAsync($"&delimiter=%2F&prefix={SignatureV4.Encode(prefix)}");
        answer.Elements("Key").ShouldBe(Split(keys).Order(Utf8Order.Instance));
        Prefixes(answer).ShouldBe(Split(prefixes));
        answer.Element("Delimiter").ShouldBe("/");
    }

    [Fact]
    public async Task The_delimiter_may_be_any_text()
    {
        await Raw.PutAsync($"/{_bucket}/x--y--z", "1");
        var answer = await ListAsync("&prefix=x&delimiter=--");
        answer.Elements("Key").ShouldBeEmpty();
        Prefixes(answer).ShouldBe(["x--"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task Pages_hold_every_entry_once(int size)
    {
        foreach (var options in new[] { "", "&delimiter=%2F", "&prefix=a&delimiter=%2F" })
        {
            var whole = Entries(await ListAsync(options));
            var paged = new List<string>();
            var token = "";
            do
            {
                var page = await ListAsync($"{options}&max-keys={size}{token}");
                Entries(page).Count.ShouldBeLessThanOrEqualTo(size);
                page.Element("KeyCount").ShouldBe($"{Entries(page).Count}");
                paged.AddRange(Entries(page));
                token = page.Element("NextContinuationToken") is { } next
                    ? $"&continuation-token={SignatureV4.Encode(next)}"
                    : "";
                page.Element("IsTruncated").ShouldBe(token.Length > 0 ? "true" : "false");
            }
            while (token.Length > 0);
            paged.Order(Utf8Order.Instance).ShouldBe(whole.Order(Utf8Order.Instance), options);
        }
    }

    [Theory]
    [InlineData("a/1", "a/2|a/b/3|b|b/4|c//5|c/6|d|ünï|日本|😀")]
    [InlineData("a/15", "a/2|a/b/3|b|b/4|c//5|c/6|d|ünï|日本|😀")]
    [InlineData("😀", "")]
    [InlineData("", "a|a/1|a/2|a/b/3|b|b/4|c//5|c/6|d|ünï|日本|😀")]
    public async Task Starts_after_a_key(string after, string expected) =>
        (await ListAsync($"&start-after={SignatureV4.Encode(after)}")).Elements("Key").ShouldBe(Split(expected));

    [Fact]
    public async Task Max_keys_0_is_an_empty_page_that_is_not_truncated()
    {
        var answer = await ListAsync("&max-keys=0");
        answer.Elements("Key").ShouldBeEmpty();
        answer.Element("IsTruncated").ShouldBe("false");
        answer.Element("KeyCount").ShouldBe("0");
    }

    [Fact]
    public async Task More_than_1000_are_asked_for_in_vain() =>
        (await ListAsync("&max-keys=5000")).Element("MaxKeys").ShouldBe("1000");

    [Theory]
    [InlineData("&max-keys=-1")]
    [InlineData("&max-keys=many")]
    [InlineData("&max-keys=99999999999")]
    [InlineData("&continuation-token=%21nonsense%21")]
    [InlineData("&continuation-token=")]
    [InlineData("&encoding-type=base64")]
    public async Task Rejects_what_makes_no_sense(string options) =>
        (await Raw.GetAsync($"/{_bucket}?list-type=2{options}")).ShouldBeError(400, "InvalidArgument");

    [Fact]
    public async Task Encodes_names_when_asked()
    {
        await Raw.PutAsync($"/{_bucket}/%01%20odd%2Bkey", "x");
        var answer = await ListAsync("&encoding-type=url&prefix=%01");
        answer.Element("EncodingType").ShouldBe("url");
        answer.Element("Key").ShouldBe("%01%20odd%2Bkey");
        answer.Element("Prefix").ShouldBe("%01");
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket() =>
        (await Raw.GetAsync($"/{UniqueName()}?list-type=2"))
            .ShouldBeError(404, "NoSuchBucket", "The specified bucket does not exist");

    private static string[] Split(string joined) => joined.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Prefixes(RawResponse answer) => answer.Xml.Elements()
        .Where(e => e.Name.LocalName == "CommonPrefixes").Select(e => e.Elements().Single().Value).ToList();

    private static List<string> Entries(RawResponse answer) => [.. answer.Elements("Key"), .. Prefixes(answer)];

    private async Task<RawResponse> ListAsync(string options) =>
        (await Raw.GetAsync($"/{_bucket}?list-type=2{options}")).ShouldBe(200);
}
