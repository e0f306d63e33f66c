using CasStore.Tests.Integration.Harness;
using CasStore.Tests.Integration.Multipart;

namespace CasStore.Tests.Integration.Objects;

/// <summary>GET and HEAD of one part, and ranges with conditions.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
public sealed class GetObjectPartTests : MultipartTests
{
    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/key";
    }

    [Fact]
    public async Task Sends_a_part_as_a_range_with_the_number_of_parts()
    {
        var first = TestData.Bytes(MinimumPart, seed: 41);
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 3, first);
        var two = await PartAsync(_target, upload, 8, "123456789"u8.ToArray());
        (await CompleteAsync(_target, upload, (3, one), (8, two))).ShouldBe(200);

        var part = await Raw.GetAsync($"{_target}?partNumber=2");
        part.Status.ShouldBe(206);
        part.Text.ShouldBe("123456789");
        part.Header("Content-Range").ShouldBe($"bytes {MinimumPart}-{MinimumPart + 8}/{MinimumPart + 9}");
        part.Header("x-amz-mp-parts-count").ShouldBe("2");
        var head = await Raw.SendAsync("HEAD", $"{_target}?partNumber=1");
        head.Status.ShouldBe(206);
        head.Header("Content-Length").ShouldBe($"{MinimumPart}");
        (await Raw.GetAsync(_target)).Header("x-amz-mp-parts-count").ShouldBeNull();
        (await Raw.GetAsync($"{_target}?partNumber=3")).ShouldBeError(416, "InvalidPartNumber",
            "The requested partnumber is not satisfiable").Element("ActualPartCount").ShouldBe("2");
        (await Raw.SendAsync("HEAD", $"{_target}?partNumber=3")).Status.ShouldBe(416);
    }

    [Fact]
    public async Task An_object_put_whole_has_one_part()
    {
        await Raw.PutAsync(_target, "123456789");
        var part = await Raw.GetAsync($"{_target}?partNumber=1");
        part.Status.ShouldBe(206);
        part.Header("Content-Range").ShouldBe("bytes 0-8/9");
        part.Header("x-amz-mp-parts-count").ShouldBeNull();
        (await Raw.GetAsync($"{_target}?partNumber=2")).ShouldBeError(416, "InvalidPartNumber");
        await Raw.PutAsync(_target);
        (await Raw.GetAsync($"{_target}?partNumber=1")).ShouldBe(200).Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("10001")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public async Task Rejects_a_part_number_out_of_range(string number)
    {
        await Raw.PutAsync(_target, "123456789");
        (await Raw.GetAsync($"{_target}?partNumber={number}")).ShouldBeError(400, "InvalidArgument",
            "Part number must be an integer between 1 and 10000, inclusive");
    }

    [Fact]
    public async Task Rejects_a_part_and_a_range_together()
    {
        await Raw.PutAsync(_target, "123456789");
        (await Raw.SendAsync("GET", $"{_target}?partNumber=1", "", ("Range", "bytes=0-1")))
            .ShouldBeError(400, "InvalidRequest", "Cannot specify both Range header and partNumber query parameter");
    }

    [Theory]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=0-1, 20-30")]
    public async Task Several_ranges_are_the_whole(string range)
    {
        await Raw.PutAsync(_target, "123456789");
        (await Raw.SendAsync("GET", _target, "", ("Range", range))).ShouldBe(200).Text.ShouldBe("123456789");
    }

    [Theory]
    [InlineData("bytes=0-")]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=-1")]
    public async Task An_empty_object_satisfies_no_range(string range)
    {
        await Raw.PutAsync(_target);
        var answer = await Raw.SendAsync("GET", _target, "", ("Range", range));
        answer.ShouldBeError(416, "InvalidRange").Element("ActualObjectSize").ShouldBe("0");
        answer.Element("RangeRequested").ShouldBe(range);
        answer.Header("Content-Range").ShouldBe("bytes */0");
    }

    [Theory]
    [InlineData("same", 206)]
    [InlineData("\"other\"", 200)]
    [InlineData("W/same", 200)]
    [InlineData("Mon, 04 May 2020 03:02:01 GMT", 200)]
    [InlineData("time", 206)]
    public async Task If_range_asks_whether_the_range_still_counts(string ifRange, int status)
    {
        await Raw.PutAsync(_target, "123456789");
        var head = await Raw.SendAsync("HEAD", _target);
        ifRange = ifRange == "time"
            ? head.Header("Last-Modified")!
            : ifRange.Replace("same", head.Header("ETag"), StringComparison.Ordinal);
        (await Raw.SendAsync("GET", _target, "", ("Range", "bytes=0-1"), ("If-Range", ifRange)))
            .Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("If-Match", "\"x\"", "If-None-Match", "*", 412)]
    [InlineData("If-Match", "same", "If-Unmodified-Since", "Mon, 04 May 2020 03:02:01 GMT", 200)]
    [InlineData("If-None-Match", "same", "If-Modified-Since", "Mon, 04 May 2020 03:02:01 GMT", 304)]
    [InlineData("If-None-Match", "\"x\"", "If-Modified-Since", "Mon, 04 May 2040 03:02:01 GMT", 200)]
    [InlineData("If-Unmodified-Since", "Mon, 04 May 2020 03:02:01 GMT", "If-None-Match", "same", 412)]
    [InlineData("If-Modified-Since", "no date", "If-Unmodified-Since", "no date", 200)]
    [InlineData("If-None-Match", "same", "Range", "bytes=100-", 304)]
    [InlineData("If-Match", "\"x\"", "Range", "bytes=100-", 412)]
    public async Task Conditions_are_taken_in_their_order(
        string one, string first, string two, string second, int status)
    {
        await Raw.PutAsync(_target, "123456789");
        var etag = (await Raw.SendAsync("HEAD", _target)).Header("ETag")!;
        foreach (var method in (string[])["GET", "HEAD"])
        {
            (await Raw.SendAsync(method, _target, "",
                (one, first.Replace("same", etag, StringComparison.Ordinal)),
                (two, second.Replace("same", etag, StringComparison.Ordinal)))).Status.ShouldBe(status);
        }
    }
}
