using System.Globalization;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class GetObjectTests : StoreTests
{
    private const string Text = "0123456789";

    [Fact]
    public async Task Tells_length_type_time_and_etag()
    {
        var target = await PutAsync();
        var answer = (await Raw.GetAsync(target)).ShouldBe(200);
        answer.Text.ShouldBe(Text);
        answer.Header("Content-Length").ShouldBe("10");
        answer.Header("Content-Type").ShouldBe("binary/octet-stream");
        answer.Header("Accept-Ranges").ShouldBe("bytes");
        answer.Header("ETag").ShouldBe($"\"{TestData.Md5("0123456789"u8)}\"");
        DateTimeOffset.ParseExact(answer.Header("Last-Modified")!, "R", CultureInfo.InvariantCulture)
            .ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Rejects_an_unknown_key()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}/nothing"))
            .ShouldBeError(404, "NoSuchKey", "The specified key does not exist.")
            .Element("Key").ShouldBe("nothing");
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket() =>
        (await Raw.GetAsync($"/{UniqueName()}/key"))
            .ShouldBeError(404, "NoSuchBucket", "The specified bucket does not exist");

    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=2-5", "2345", "bytes 2-5/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-3", "789", "bytes 7-9/10")]
    [InlineData("bytes=-100", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=5-100", "56789", "bytes 5-9/10")]
    [InlineData("bytes=0-9", "0123456789", "bytes 0-9/10")]
    public async Task Serves_a_range(string range, string expected, string contentRange)
    {
        var target = await PutAsync();
        var answer = (await Raw.SendAsync("GET", target, "", ("Range", range))).ShouldBe(206);
        answer.Text.ShouldBe(expected);
        answer.Header("Content-Range").ShouldBe(contentRange);
        answer.Header("Content-Length").ShouldBe($"{expected.Length}");
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    public async Task Rejects_a_range_beyond_the_end(string range)
    {
        var target = await PutAsync();
        var answer = await Raw.SendAsync("GET", target, "", ("Range", range));
        answer.ShouldBeError(416, "InvalidRange", "The requested range is not satisfiable");
        answer.Element("ActualObjectSize").ShouldBe("10");
        answer.Element("RangeRequested").ShouldBe(range);
    }

    [Theory]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=0-1")]
    [InlineData("bytes")]
    public async Task Ignores_a_range_that_is_none(string range)
    {
        var target = await PutAsync();
        (await Raw.SendAsync("GET", target, "", ("Range", range))).ShouldBe(200).Text.ShouldBe(Text);
    }

    [Fact]
    public async Task A_range_crosses_inner_boundaries()
    {
        var bucket = await NewBucketAsync();
        var bytes = TestData.Bytes(3 * 1024 * 1024 + 11, seed: 5);
        await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key") { Body = bytes });
        foreach (var (from, to) in new[] { (65530, 65545), (1048570, 2097160), (3145720, 3145738), (0, 3145738) })
        {
            var answer = (await Raw.SendAsync("GET", $"/{bucket}/key", "", ("Range", $"bytes={from}-{to}")))
                .ShouldBe(206);
            answer.Body.AsSpan().SequenceEqual(bytes.AsSpan(from, to - from + 1)).ShouldBeTrue($"{from}-{to}");
        }
    }

    [Fact]
    public async Task An_empty_object_has_no_range()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key");
        (await Raw.SendAsync("GET", $"/{bucket}/key", "", ("Range", "bytes=0-0"))).ShouldBeError(416, "InvalidRange");
    }

    [Fact]
    public async Task Overrides_response_headers_when_asked()
    {
        var target = await PutAsync();
        var answer = (await Raw.GetAsync(target +
            "?response-content-type=text%2Fcsv&response-content-disposition=attachment%3B%20filename%3D%22a.csv%22" +
            "&response-cache-control=no-store&response-content-encoding=identity&response-content-language=de" +
            "&response-expires=Thu%2C%2001%20Dec%202033%2016%3A00%3A00%20GMT")).ShouldBe(200);
        answer.Header("Content-Type").ShouldBe("text/csv");
        answer.Header("Content-Disposition").ShouldBe("attachment; filename=\"a.csv\"");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.Header("Content-Encoding").ShouldBe("identity");
        answer.Header("Content-Language").ShouldBe("de");
        answer.Header("Expires").ShouldBe("Thu, 01 Dec 2033 16:00:00 GMT");
    }

    [Fact]
    public async Task Part_number_1_of_a_single_object_is_the_whole()
    {
        var target = await PutAsync();
        (await Raw.GetAsync(target + "?partNumber=1")).ShouldBe(206).Text.ShouldBe(Text);
        (await Raw.GetAsync(target + "?partNumber=2")).ShouldBeError(416, "InvalidPartNumber");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("x")]
    public async Task Rejects_a_part_number_out_of_range(string number)
    {
        var target = await PutAsync();
        (await Raw.GetAsync(target + $"?partNumber={number}")).ShouldBeError(400, "InvalidArgument");
    }

    private async Task<string> PutAsync()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", Text)).ShouldBe(200);
        return $"/{bucket}/key";
    }
}
