using System.Globalization;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since (RFC 9110 §13.2.2).</summary>
public sealed class ConditionalGetTests : StoreTests
{
    private const string Other = "\"ffffffffffffffffffffffffffffffff\"";
    private string _target = "";
    private string _etag = "";
    private DateTimeOffset _modified;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/key";
        await Raw.PutAsync(_target, "content");
        var answer = await Raw.GetAsync(_target);
        _etag = answer.Header("ETag")!;
        _modified = DateTimeOffset.ParseExact(answer.Header("Last-Modified")!, "R", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task If_match(string method)
    {
        await ExpectAsync(method, 200, ("If-Match", _etag));
        await ExpectAsync(method, 200, ("If-Match", "*"));
        await ExpectAsync(method, 200, ("If-Match", $"{Other}, {_etag}"));
        await ExpectAsync(method, 412, ("If-Match", Other));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task If_none_match(string method)
    {
        await ExpectAsync(method, 304, ("If-None-Match", _etag));
        await ExpectAsync(method, 304, ("If-None-Match", "*"));
        await ExpectAsync(method, 304, ("If-None-Match", $"{Other}, {_etag}"));
        await ExpectAsync(method, 200, ("If-None-Match", Other));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task If_modified_since(string method)
    {
        await ExpectAsync(method, 304, ("If-Modified-Since", Http(_modified)));
        await ExpectAsync(method, 200, ("If-Modified-Since", Http(_modified.AddSeconds(-1))));
        await ExpectAsync(method, 200, ("If-Modified-Since", "not a date"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task If_unmodified_since(string method)
    {
        await ExpectAsync(method, 200, ("If-Unmodified-Since", Http(_modified)));
        await ExpectAsync(method, 412, ("If-Unmodified-Since", Http(_modified.AddSeconds(-1))));
        await ExpectAsync(method, 200, ("If-Unmodified-Since", "not a date"));
    }

    [Fact]
    public async Task Etags_win_over_dates()
    {
        await ExpectAsync("GET", 200, ("If-Match", _etag), ("If-Unmodified-Since", Http(_modified.AddDays(-1))));
        await ExpectAsync("GET", 304, ("If-None-Match", _etag), ("If-Modified-Since", Http(_modified.AddDays(-1))));
        await ExpectAsync("GET", 200, ("If-None-Match", Other), ("If-Modified-Since", Http(_modified)));
    }

    [Fact]
    public async Task Not_modified_has_validators_and_no_body()
    {
        var answer = await Raw.SendAsync("GET", _target, "", ("If-None-Match", _etag));
        answer.ShouldBe(304).Body.ShouldBeEmpty();
        answer.Header("ETag").ShouldBe(_etag);
        answer.Header("Last-Modified").ShouldBe(Http(_modified));
    }

    [Fact]
    public async Task Precondition_failed_names_the_condition()
    {
        var answer = await Raw.SendAsync("GET", _target, "", ("If-Match", Other));
        answer.ShouldBeError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
            .Element("Condition").ShouldBe("If-Match");
    }

    [Fact]
    public async Task A_condition_comes_before_the_range()
    {
        await ExpectAsync("GET", 206, ("If-Match", _etag), ("Range", "bytes=0-1"));
        await ExpectAsync("GET", 412, ("If-Match", Other), ("Range", "bytes=0-1"));
        await ExpectAsync("GET", 304, ("If-None-Match", _etag), ("Range", "bytes=0-1"));
    }

    private static string Http(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private async Task ExpectAsync(string method, int status, params (string, string)[] headers) =>
        (await Raw.SendAsync(method, _target, "", headers)).ShouldBe(status);
}
