using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Website;

/// <summary>Where a website sends its visitors.</summary>
public sealed class WebsiteRedirectTests(WebsiteServer server) : IClassFixture<WebsiteServer>
{
    private const string Index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";

    [Fact]
    public async Task A_website_may_send_everything_elsewhere()
    {
        var bucket = await server.NewSiteAsync("<RedirectAllRequestsTo><HostName>www.example.com</HostName>" +
            "<Protocol>https</Protocol></RedirectAllRequestsTo>");
        ShouldSend(await server.VisitAsync(bucket, "/"), 301, "https://www.example.com/");
        ShouldSend(await server.VisitAsync(bucket, "/a/%0d%0ab?c=%20d&e", "HEAD"), 301,
            "https://www.example.com/a/%0D%0Ab?c=%20d&e");
    }

    [Fact]
    public async Task An_object_may_send_elsewhere()
    {
        var bucket = await server.NewSiteAsync(Index);
        const string Header = "x-amz-website-redirect-location";
        await server.PutAsync(bucket, "sent", "x", (Header, "/open?a#b"));
        await server.PutAsync(bucket, "index.html", "x", (Header, "https://www.example.com/"));
        await server.PutAsync(bucket, "secret", "x", (Header, "/open"));
        ShouldSend(await server.VisitAsync(bucket, "/sent"), 301, "/open?a#b");
        ShouldSend(await server.VisitAsync(bucket, "/", "HEAD"), 301, "https://www.example.com/");
        (await server.VisitAsync(bucket, "/secret")).ShouldBe(403);
    }

    [Fact]
    public async Task Rules_about_prefixes_come_before_the_look_up_and_those_about_errors_after()
    {
        var bucket = await server.NewSiteAsync($"{Index}<ErrorDocument><Key>error.html</Key></ErrorDocument>" +
            "<RoutingRules>" +
            Rule("<KeyPrefixEquals>open/old/</KeyPrefixEquals>",
                "<ReplaceKeyPrefixWith>open/new/</ReplaceKeyPrefixWith>") +
            Rule("<KeyPrefixEquals>open/</KeyPrefixEquals><HttpErrorCodeReturnedEquals>404" +
                "</HttpErrorCodeReturnedEquals>", "<Protocol>https</Protocol><HostName>h.example</HostName>" +
                "<ReplaceKeyWith>all.html</ReplaceKeyWith><HttpRedirectCode>307</HttpRedirectCode>") +
            "</RoutingRules>", listed: true);
        await server.PutAsync(bucket, "open/old/there", "x");
        await server.PutAsync(bucket, "open/there", "there");
        await server.PutAsync(bucket, "open/folder/index.html", "folder");
        await server.PutAsync(bucket, "error.html", "own page");
        ShouldSend(await server.VisitAsync(bucket, "/open/old/there"), 301,
            $"http://{WebsiteServer.Host(bucket)}/open/new/there");
        (await server.VisitAsync(bucket, "/open/there")).ShouldBe(200).Text.ShouldBe("there");
        ShouldSend(await server.VisitAsync(bucket, "/open/none"), 307, "https://h.example/all.html");
        ShouldSend(await server.VisitAsync(bucket, "/open/folder"), 302, "/open/folder/");
        (await server.VisitAsync(bucket, "/none")).ShouldBe(404).Text.ShouldBe("own page");
    }

    [Fact]
    public async Task A_rule_may_be_about_what_is_forbidden()
    {
        var bucket = await server.NewSiteAsync($"{Index}<RoutingRules>" +
            Rule("<HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals>",
                "<ReplaceKeyPrefixWith>#!/</ReplaceKeyPrefixWith>") + "</RoutingRules>");
        ShouldSend(await server.VisitAsync(bucket, "/secret/a%20b"), 301,
            $"http://{WebsiteServer.Host(bucket)}/#!/secret/a%20b");
    }

    private static string Rule(string condition, string redirect) =>
        $"<RoutingRule><Condition>{condition}</Condition><Redirect>{redirect}</Redirect></RoutingRule>";

    private static void ShouldSend(RawResponse answer, int status, string location)
    {
        answer.ShouldBe(status).Header("Location").ShouldBe(location);
        answer.Body.ShouldBeEmpty();
    }
}
