using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Website;

namespace CasStore.Tests.Unit.Api;

public sealed class WebsiteServingTests
{
    private static readonly WebsiteRedirect Elsewhere = new(null, "h", null, null, null);

    [Theory]
    [InlineData("", "index.html", null)]
    [InlineData("/", "/index.html", null)]
    [InlineData("a/", "a/index.html", null)]
    [InlineData("a", "a", "a/index.html")]
    [InlineData("a/b.html", "a/b.html", "a/b.html/index.html")]
    public void Folders_show_their_index_document(string key, string document, string? below)
    {
        var site = Site();
        (site.DocumentOf(key), site.IndexBelow(key)).ShouldBe((document, below));
    }

    [Theory]
    [InlineData(null, null, "any", null, true)]
    [InlineData(null, null, "any", 404, false)]
    [InlineData("docs/", null, "docs/a", null, true)]
    [InlineData("docs/", null, "Docs/a", null, false)]
    [InlineData("docs/", null, "", null, false)]
    [InlineData("", null, "", null, true)]
    [InlineData(null, 404, "any", 404, true)]
    [InlineData(null, 404, "any", null, false)]
    [InlineData(null, 404, "any", 403, false)]
    [InlineData("docs/", 404, "docs/a", 404, true)]
    [InlineData("docs/", 404, "a", 404, false)]
    public void A_rule_is_about_prefix_and_error(string? prefix, int? error, string key, int? status, bool about) =>
        new RoutingRule(prefix, error, Elsewhere).IsAbout(key, status).ShouldBe(about);

    [Fact]
    public void The_first_rule_counts()
    {
        var rules = new[]
        {
            new RoutingRule("a", 404, Elsewhere), new RoutingRule("a", null, Elsewhere),
            new RoutingRule("ab", null, Elsewhere), new RoutingRule(null, 404, Elsewhere),
        };
        var site = Site(rules);
        site.FindRule("abc", status: null).ShouldBeSameAs(rules[1]);
        site.FindRule("abc", 404).ShouldBeSameAs(rules[0]);
        site.FindRule("b", 404).ShouldBeSameAs(rules[3]);
        site.FindRule("b", status: null).ShouldBeNull();
    }

    [Fact]
    public void A_page_tells_of_the_error_without_any_markup_from_the_key()
    {
        var error = new S3Exception(S3Errors.NoSuchKey, null, ("Key", "<script>&\"'"))
        {
            OfErrorDocument = new S3Exception(S3Errors.AccessDenied),
        };
        ErrorPage.Render(error, "ID").ShouldBe("""
            <html>
            <head><title>404 Not Found</title></head>
            <body>
            <h1>404 Not Found</h1>
            <ul>
            <li>Code: NoSuchKey</li>
            <li>Message: The specified key does not exist.</li>
            <li>Key: &lt;script&gt;&amp;&quot;&#39;</li>
            <li>RequestId: ID</li>
            <li>HostId: ID</li>
            </ul>
            <h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>
            <ul>
            <li>Code: AccessDenied</li>
            <li>Message: Access Denied</li>
            </ul>
            <hr/>
            </body>
            </html>

            """);
    }

    private static WebsiteConfiguration Site(params RoutingRule[] rules) => new(null, "index.html", null, rules);
}
