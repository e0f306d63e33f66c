using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Buckets;

public sealed class ListBucketsTests : StoreTests
{
    private readonly List<string> _names = [];
    private Credentials _who = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _who = (await Users.AddAsync(Server)).Credentials;
        foreach (var prefix in new[] { "b", "a", "a", "c" })
        {
            _names.Add(UniqueName(prefix));
            (await Raw.SendAsync(new RawRequest("PUT", $"/{_names[^1]}") { Who = _who })).ShouldBe(200);
        }
        _names.Sort(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10_000)]
    public async Task Pages_hold_every_bucket_once(int size)
    {
        var listed = new List<string>();
        string? token = null;
        do
        {
            var page = await ListAsync($"?max-buckets={size}{(token is null ? "" : $"&continuation-token={token}")}");
            page.Elements("Name").Count.ShouldBeLessThanOrEqualTo(size);
            page.Elements("BucketRegion").ShouldAllBe(region => region == ServerProcess.Region);
            listed.AddRange(page.Elements("Name"));
            token = page.Element("ContinuationToken");
        }
        while (token is not null);
        listed.ShouldBe(_names);
    }

    [Fact]
    public async Task A_prefix_filters_and_is_shown()
    {
        var page = await ListAsync("?prefix=a&max-buckets=1");
        page.Elements("Name").ShouldBe(_names[..1]);
        page.Element("Prefix").ShouldBe("a");
        var next = await ListAsync($"?prefix=a&continuation-token={page.Element("ContinuationToken")}");
        next.Elements("Name").ShouldBe(_names[1..2]);
        next.Element("ContinuationToken").ShouldBeNull();
    }

    [Fact]
    public async Task A_region_filters()
    {
        (await ListAsync($"?bucket-region={ServerProcess.Region}")).Elements("Name").ShouldBe(_names);
        (await ListAsync("?bucket-region=eu-west-1")).Elements("Name").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_parameters_there_are_no_regions()
    {
        var all = await ListAsync("");
        all.Elements("Name").ShouldBe(_names);
        all.Elements("BucketRegion").ShouldBeEmpty();
        all.Element("Prefix").ShouldBeNull();
    }

    [Theory]
    [InlineData("?max-buckets=0", "Argument max-buckets must be an integer between 1 and 2147483647")]
    [InlineData("?max-buckets=10001", "Argument max-buckets must be an integer between 1 and 10000")]
    [InlineData("?max-buckets=many", "Provided max-buckets not an integer or within integer range")]
    [InlineData("?continuation-token=%21", "The continuation token provided is incorrect")]
    public async Task Rejects_what_makes_no_sense(string query, string message) =>
        (await Raw.GetAsync($"/{query}", _who)).ShouldBeError(400, "InvalidArgument", message);

    [Fact]
    public async Task Nobody_in_particular_has_no_buckets() =>
        (await Raw.SendAsync(new RawRequest("GET", "/") { Who = null })).ShouldBeError(403, "AccessDenied");

    private async Task<RawResponse> ListAsync(string query) => (await Raw.GetAsync($"/{query}", _who)).ShouldBe(200);
}
