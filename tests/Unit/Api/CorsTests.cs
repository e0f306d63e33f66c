using System.Text;
using CasStore.Api.S3.Cors;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Tests.Unit.Api;

public sealed class CorsTests
{
    private const string Minimal =
        "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>";

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a", "a", true)]
    [InlineData("a", "ab", false)]
    [InlineData("a*b", "ab", true)]
    [InlineData("a*b", "a-b", true)]
    [InlineData("ab*bc", "abc", false)]
    [InlineData("http://*.example.com", "http://www.example.com", true)]
    [InlineData("http://*.example.com", "https://www.example.com", false)]
    [InlineData("http://*.example.com", "http://www.example.com.evil", false)]
    public void A_star_stands_for_any_text(string pattern, string text, bool matches) =>
        Wildcard.Matches(pattern, text, StringComparison.Ordinal).ShouldBe(matches);

    [Fact]
    public void A_document_is_written_as_it_was_understood()
    {
        const string rules =
            "<CORSRule><ID>one</ID><AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod>" +
            "<AllowedOrigin>http://a</AllowedOrigin><AllowedOrigin>http://*.b</AllowedOrigin>" +
            "<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds>" +
            "</CORSRule>" + Minimal;
        Encoding.UTF8.GetString(Parse(rules).Write().Finish().Span).ShouldEndWith($"\">{rules}</CORSConfiguration>");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Rule/>")]
    [InlineData("<CORSRule/>")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>")]
    [InlineData("<CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule>")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>" +
        "<MaxAgeSeconds>-1</MaxAgeSeconds></CORSRule>")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>" +
        "<MaxAgeSeconds>99999999999</MaxAgeSeconds></CORSRule>")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><Other/></CORSRule>")]
    public void What_the_schema_does_not_have_is_malformed(string rules) => Refusal(rules).Error.ShouldBe(
        S3Errors.MalformedXml);

    [Theory]
    [InlineData("PATCH", "*", "*", "Found unsupported HTTP method in CORS config. Unsupported method is PATCH")]
    [InlineData("get", "*", "*", "Found unsupported HTTP method in CORS config. Unsupported method is get")]
    [InlineData("GET", "*.*", "*", "AllowedOrigin \"*.*\" can not have more than one wildcard.")]
    [InlineData("GET", "*", "x-*-*", "AllowedHeader \"x-*-*\" can not have more than one wildcard.")]
    public void What_a_rule_cannot_say_is_an_invalid_request(
        string method, string origin, string header, string message)
    {
        var refused = Refusal($"<CORSRule><AllowedMethod>{method}</AllowedMethod><AllowedOrigin>{origin}" +
            $"</AllowedOrigin><AllowedHeader>{header}</AllowedHeader></CORSRule>");
        (refused.Error, refused.Message).ShouldBe((S3Errors.InvalidRequest, message));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("x-*")]
    [InlineData("x y")]
    [InlineData("x\ny")]
    public void An_exposed_header_is_the_name_of_a_header(string name) =>
        Refusal("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>" +
            $"<ExposeHeader>{name}</ExposeHeader></CORSRule>").Error.ShouldBe(S3Errors.InvalidRequest);

    [Fact]
    public void There_are_at_most_a_hundred_rules()
    {
        Parse(string.Concat(Enumerable.Repeat(Minimal, 100))).Rules.Count.ShouldBe(100);
        Refusal(string.Concat(Enumerable.Repeat(Minimal, 101))).Error.ShouldBe(S3Errors.InvalidRequest);
    }

    [Theory]
    [InlineData("http://a", "GET", "", 0)]
    [InlineData("http://a", "PUT", "content-type", 0)]
    [InlineData("http://a", "PUT", "X-Amz-Meta-Colour", 0)]
    [InlineData("http://a", "PUT", "content-type,authorization", null)]
    [InlineData("http://x.b", "DELETE", "authorization", 1)]
    [InlineData("http://x.b", "GET", "", 2)]
    [InlineData("http://A", "PUT", "", null)]
    [InlineData("http://c", "get", "", null)]
    public void The_first_rule_that_allows_origin_method_and_headers_counts(
        string origin, string method, string headers, int? rule)
    {
        var configuration = new CorsConfiguration(
        [
            new CorsRule(null, ["Content-Type", "x-amz-*"], ["GET", "PUT"], ["http://a"], [], null),
            new CorsRule(null, ["*"], ["DELETE"], ["http://*.b"], [], null),
            new CorsRule(null, [], ["GET"], ["*"], [], null),
        ]);
        var found = configuration.Find(
            origin, method, headers.Split(',', StringSplitOptions.RemoveEmptyEntries));
        found.ShouldBeSameAs(rule is { } index ? configuration.Rules[index] : null);
    }

    private static S3Exception Refusal(string rules) => Should.Throw<S3Exception>(() => Parse(rules));

    private static CorsConfiguration Parse(string rules) => CorsConfiguration.Parse(XmlNode.Parse(
        Encoding.UTF8.GetBytes($"<CORSConfiguration>{rules}</CORSConfiguration>"), CorsConfiguration.Root,
        CorsConfiguration.MaxElements));
}
