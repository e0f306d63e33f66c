using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Configurations;

public sealed class BucketWebsiteTests : StoreTests
{
    private const string Index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

    [Fact]
    public async Task A_website_is_put_shown_and_deleted()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?website")).ShouldBeError(404, "NoSuchWebsiteConfiguration",
            "The specified bucket does not have a website configuration");
        (await PutAsync(bucket, Index)).ShouldBe(200).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}?website")).ShouldBe(200).Text.ShouldBe(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WebsiteConfiguration " +
            $"xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{Index}</WebsiteConfiguration>");
        (await Raw.SendAsync("DELETE", $"/{bucket}?website")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}?website")).ShouldBeError(404, "NoSuchWebsiteConfiguration");
        (await Raw.SendAsync("DELETE", $"/{bucket}?website")).ShouldBe(204);
    }

    [Theory]
    [InlineData("", "InvalidArgument")]
    [InlineData("<Other/>", "MalformedXML")]
    [InlineData($"{Index}<RoutingRules><RoutingRule><Redirect><Protocol>ftp</Protocol></Redirect></RoutingRule>" +
        "</RoutingRules>", "InvalidRequest")]
    public async Task A_bad_document_is_refused(string inner, string code)
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, inner)).ShouldBeError(400, code);
        (await Raw.GetAsync($"/{bucket}?website")).ShouldBeError(404, "NoSuchWebsiteConfiguration");
    }

    private Task<RawResponse> PutAsync(string bucket, string inner) => Raw.PutAsync($"/{bucket}?website",
        $"<WebsiteConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{inner}</WebsiteConfiguration>");
}
