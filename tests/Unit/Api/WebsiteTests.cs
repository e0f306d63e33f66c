using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Website;
using CasStore.Api.S3.Xml;

namespace CasStore.Tests.Unit.Api;

public sealed class WebsiteTests
{
    private const string Index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    private const string Rule = "<RoutingRule><Redirect><HostName>h</HostName></Redirect></RoutingRule>";

    [Theory]
    [InlineData("<RedirectAllRequestsTo><HostName>example.com</HostName></RedirectAllRequestsTo>")]
    [InlineData("<RedirectAllRequestsTo><HostName>example.com</HostName><Protocol>https</Protocol>" +
        "</RedirectAllRequestsTo>")]
    [InlineData(Index)]
    [InlineData($"{Index}<ErrorDocument><Key>errors/404.html</Key></ErrorDocument>")]
    [InlineData($"{Index}<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>docs/</KeyPrefixEquals>" +
        "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition><Redirect>" +
        "<Protocol>http</Protocol><HostName>h</HostName><ReplaceKeyPrefixWith>documents/</ReplaceKeyPrefixWith>" +
        "<HttpRedirectCode>302</HttpRedirectCode></Redirect></RoutingRule></RoutingRules>")]
    [InlineData($"{Index}<RoutingRules><RoutingRule><Redirect><ReplaceKeyWith>all.html</ReplaceKeyWith></Redirect>" +
        "</RoutingRule></RoutingRules>")]
    public void A_document_is_written_as_it_was_understood(string inner) =>
        Encoding.UTF8.GetString(Parse(inner).Write().Finish().Span).ShouldEndWith($"\">{inner}</WebsiteConfiguration>");

    [Theory]
    [InlineData("", "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty")]
    [InlineData("<IndexDocument/>", "The IndexDocument Suffix is not well formed")]
    [InlineData("<IndexDocument><Suffix>a/b</Suffix></IndexDocument>", "The IndexDocument Suffix is not well formed")]
    [InlineData($"{Index}<RedirectAllRequestsTo><HostName>h</HostName></RedirectAllRequestsTo>",
        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.")]
    public void A_website_has_an_index_or_redirects_all(string inner, string message) =>
        ShouldRefuse(inner, S3Errors.InvalidArgument, message);

    [Theory]
    [InlineData("<Other/>")]
    [InlineData("<RedirectAllRequestsTo/>")]
    [InlineData($"{Index}<ErrorDocument/>")]
    [InlineData($"{Index}<RoutingRules/>")]
    [InlineData($"{Index}<RoutingRules><RoutingRule/></RoutingRules>")]
    [InlineData($"{Index}<RoutingRules><RoutingRule><Redirect/></RoutingRule></RoutingRules>")]
    public void What_the_schema_does_not_have_is_malformed(string inner) =>
        ShouldRefuse(inner, S3Errors.MalformedXml, S3Errors.MalformedXml.Message);

    [Theory]
    [InlineData("<Redirect><ReplaceKeyPrefixWith/><ReplaceKeyWith/></Redirect>",
        "You can only define ReplaceKeyPrefix or ReplaceKey but not both.")]
    [InlineData("<Condition/><Redirect><HostName>h</HostName></Redirect>",
        "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be " +
        "present.")]
    [InlineData("<Redirect><Protocol>ftp</Protocol></Redirect>",
        "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.")]
    [InlineData("<Redirect><HttpRedirectCode>300</HttpRedirectCode></Redirect>",
        "The provided HTTP redirect code (300) is not valid. Valid codes are 3XX except 300.")]
    [InlineData("<Redirect><HttpRedirectCode>200</HttpRedirectCode></Redirect>",
        "The provided HTTP redirect code (200) is not valid. Valid codes are 3XX except 300.")]
    [InlineData("<Condition><HttpErrorCodeReturnedEquals>300</HttpErrorCodeReturnedEquals></Condition>" +
        "<Redirect><HostName>h</HostName></Redirect>",
        "The provided HTTP error code (300) is not valid. Valid codes are 4XX or 5XX.")]
    public void A_rule_that_makes_no_sense_is_an_invalid_request(string rule, string message) =>
        ShouldRefuse($"{Index}<RoutingRules><RoutingRule>{rule}</RoutingRule></RoutingRules>",
            S3Errors.InvalidRequest, message);

    [Fact]
    public void There_are_at_most_fifty_rules()
    {
        Parse(Rules(50)).Rules.Count.ShouldBe(50);
        ShouldRefuse(Rules(51), S3Errors.InvalidRequest, "51 routing rules provided, the number of routing rules in " +
            "a website configuration is limited to 50.");
    }

    private static string Rules(int count) =>
        $"{Index}<RoutingRules>{string.Concat(Enumerable.Repeat(Rule, count))}</RoutingRules>";

    private static void ShouldRefuse(string inner, S3Error error, string message)
    {
        var refused = Should.Throw<S3Exception>(() => Parse(inner));
        (refused.Error, refused.Message).ShouldBe((error, message));
    }

    private static WebsiteConfiguration Parse(string inner) => WebsiteConfiguration.Parse(XmlNode.Parse(
        Encoding.UTF8.GetBytes($"<WebsiteConfiguration>{inner}</WebsiteConfiguration>"), WebsiteConfiguration.Root,
        1024));
}
