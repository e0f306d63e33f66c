using CasStore.Api.S3.Website;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Api;

public sealed class WebsiteLocationTests
{
    [Theory]
    [InlineData(null, "a/b", "x=1&y", "http://h/a/b?x=1&y")]
    [InlineData("https", "", "", "https://h/")]
    [InlineData(null, "/evil.example", "", "http://h//evil.example")]
    [InlineData(null, "a b?c#d%\r\nü", "\"<ü>", "http://h/a%20b%3Fc%23d%25%0D%0A%C3%BC?%22%3C%C3%BC%3E")]
    public void Everything_is_sent_to_the_same_path_and_query(string? protocol, string key, string query, string there)
    {
        var all = new WebsiteRedirect(protocol, "h", null, null, null);
        WebsiteLocation.OfAll(all, Request(), key, query).ShouldBe(there);
    }

    [Theory]
    [InlineData("docs/", null, "docs/a b", "http://me:9000/docs/a%20b")]
    [InlineData("docs/", "documents/", "docs/a/b", "http://me:9000/documents/a/b")]
    [InlineData("docs/", "", "docs/a", "http://me:9000/a")]
    [InlineData(null, "report-404/", "a.html", "http://me:9000/report-404/a.html")]
    [InlineData(null, "#!/", "a", "http://me:9000/#!/a")]
    [InlineData(null, "resize?key=", "a&b", "http://me:9000/resize?key=a%26b")]
    [InlineData(null, "\r\nSet-Cookie: ü ", "", "http://me:9000/%0D%0ASet-Cookie:%20%C3%BC%20")]
    [InlineData(null, "", "/evil.example/", "http://me:9000//evil.example/")]
    public void A_rule_replaces_the_prefix(string? prefix, string? replacement, string key, string there) =>
        OfRule(prefix, new WebsiteRedirect(null, null, replacement, null, null), key).ShouldBe(there);

    [Theory]
    [InlineData(null, null, "all.html", "http://me:9000/all.html")]
    [InlineData("http", null, "all.html", "http://me:9000/all.html")]
    [InlineData("https", null, "all.html", "https://me/all.html")]
    [InlineData("https", "other.example", "all.html", "https://other.example/all.html")]
    [InlineData(null, "other.example:81", null, "http://other.example:81/k")]
    [InlineData(null, "", null, "http://me:9000/k")]
    [InlineData(null, "a\r\nb", null, "http://a%0D%0Ab/k")]
    public void A_rule_replaces_key_host_and_protocol(string? protocol, string? host, string? key, string there) =>
        OfRule("k", new WebsiteRedirect(protocol, host, null, key, null), "k").ShouldBe(there);

    [Theory]
    [InlineData("a", "/a/")]
    [InlineData("a/b c", "/a/b%20c/")]
    [InlineData("/evil.example", "/%2Fevil.example/")]
    [InlineData("//evil.example", "/%2F/evil.example/")]
    [InlineData("\\evil.example", "/%5Cevil.example/")]
    [InlineData("a\r\nb", "/a%0D%0Ab/")]
    public void A_folder_is_on_the_same_host(string key, string there) =>
        WebsiteLocation.OfFolder(key).ShouldBe(there);

    [Theory]
    [InlineData("/a/b?c#d", "/a/b?c#d")]
    [InlineData("https://other.example/%20", "https://other.example/%20")]
    [InlineData("/ü \"", "/%C3%BC%20%22")]
    public void An_object_sends_where_its_owner_said(string location, string there) =>
        WebsiteLocation.OfObject(location).ShouldBe(there);

    private static string OfRule(string? prefix, WebsiteRedirect redirect, string key) =>
        WebsiteLocation.OfRule(new RoutingRule(prefix, null, redirect), Request(), key);

    private static HttpRequest Request()
    {
        var request = new DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new HostString("me", 9000));
        return request;
    }
}
