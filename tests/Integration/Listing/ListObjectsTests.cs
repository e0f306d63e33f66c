using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Listing;

/// <summary>Version 1 of ListObjects.</summary>
public sealed class ListObjectsTests : StoreTests
{
    private static readonly string[] Keys = ["a", "a/1", "a/2", "b/3", "c"];

    private string _bucket = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
        foreach (var key in Keys)
            await Raw.PutAsync($"/{_bucket}/{key}", key);
    }

    [Fact]
    public async Task Lists_all_with_owner_and_marker()
    {
        var answer = (await Raw.GetAsync($"/{_bucket}")).ShouldBe(200);
        answer.Elements("Key").ShouldBe(Keys);
        answer.Elements("Owner").Count.ShouldBe(Keys.Length);
        answer.Element("Marker").ShouldBe("");
        answer.Element("IsTruncated").ShouldBe("false");
        answer.Element("KeyCount").ShouldBeNull();
    }

    [Theory]
    [InlineData("a", "a/1|a/2|b/3|c")]
    [InlineData("a/", "a/1|a/2|b/3|c")]
    [InlineData("b/3", "c")]
    [InlineData("zzz", "")]
    public async Task Starts_after_the_marker(string marker, string expected) =>
        (await Raw.GetAsync($"/{_bucket}?marker={SignatureV4.Encode(marker)}")).ShouldBe(200)
            .Elements("Key").ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task A_marker_that_is_a_common_prefix_skips_it()
    {
        var answer = (await Raw.GetAsync($"/{_bucket}?delimiter=%2F&marker=a%2F")).ShouldBe(200);
        answer.Elements("Key").ShouldBe(["c"]);
        answer.Xml.Descendants().Where(e => e.Name.LocalName == "CommonPrefixes").Select(e => e.Value)
            .ShouldBe(["b/"]);
    }

    [Fact]
    public async Task Next_marker_is_given_with_a_delimiter()
    {
        var answer = (await Raw.GetAsync($"/{_bucket}?delimiter=%2F&max-keys=2")).ShouldBe(200);
        answer.Element("IsTruncated").ShouldBe("true");
        answer.Element("NextMarker").ShouldBe("a/");
        (await Raw.GetAsync($"/{_bucket}?max-keys=2")).ShouldBe(200).Element("IsTruncated").ShouldBe("true");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_hold_every_entry_once(int size)
    {
        var seen = new List<string>();
        var marker = "";
        while (true)
        {
            var page = (await Raw.GetAsync(
                $"/{_bucket}?delimiter=%2F&max-keys={size}&marker={SignatureV4.Encode(marker)}")).ShouldBe(200);
            var prefixes = page.Xml.Descendants().Where(e => e.Name.LocalName == "CommonPrefixes");
            seen.AddRange(page.Elements("Key").Concat(prefixes.Select(e => e.Value)).Order(StringComparer.Ordinal));
            if (page.Element("NextMarker") is not { } next)
                break;
            marker = next;
        }
        seen.ShouldBe(["a", "a/", "b/", "c"]);
    }

    [Fact]
    public async Task Rejects_what_makes_no_sense()
    {
        (await Raw.GetAsync($"/{_bucket}?max-keys=-1")).ShouldBeError(400, "InvalidArgument");
        (await Raw.GetAsync($"/{_bucket}?encoding-type=x")).ShouldBeError(400, "InvalidArgument");
        (await Raw.GetAsync($"/{_bucket}?list-type=3")).ShouldBeError(400, "InvalidArgument");
        (await Raw.GetAsync($"/{UniqueName()}")).ShouldBeError(404, "NoSuchBucket");
    }
}
