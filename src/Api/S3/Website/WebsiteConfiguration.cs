using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Website;

/// <summary>How a bucket is shown as a website.</summary>
/// <param name="RedirectAll">Where every request is sent: then there is nothing else.</param>
/// <param name="IndexSuffix">Name of the index document in each folder.</param>
/// <param name="ErrorKey">Key of the page shown for errors, or null.</param>
/// <param name="Rules">Redirects; the first that is about a request counts.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html</remarks>
public sealed record WebsiteConfiguration(
    WebsiteRedirect? RedirectAll, string? IndexSuffix, string? ErrorKey, IReadOnlyList<RoutingRule> Rules)
{
    public const string Root = "WebsiteConfiguration";

    private const string RedirectAllElement = "RedirectAllRequestsTo";
    private const int MaxRules = 50;

    /// <summary>Most elements that a document has.</summary>
    private const int MaxElements = 1024;

    /// <summary>Reads a WebsiteConfiguration document.</summary>
    /// <exception cref="S3Exception">MalformedXML, InvalidArgument or InvalidRequest.</exception>
    public static WebsiteConfiguration Parse(XmlNode website)
    {
        website.RequireOnly(RedirectAllElement, "IndexDocument", "ErrorDocument", "RoutingRules");
        if (website.Child(RedirectAllElement) is { } all)
            return ParseRedirectAll(website, all);
        if (website.Child("IndexDocument") is not { } index)
        {
            throw InvalidArgument("A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                "IndexDocument", "null");
        }
        index.RequireOnly("Suffix");
        var suffix = index.TextOf("Suffix") ?? "";
        if (suffix.Length == 0 || suffix.Contains('/', StringComparison.Ordinal))
            throw InvalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix);
        return new WebsiteConfiguration(null, suffix, ParseErrorKey(website), ParseRules(website));
    }

    /// <summary>The website of a bucket, or null.</summary>
    public static WebsiteConfiguration? Of(BucketConfigurations configurations) => configurations.Parsed(
        BucketConfigurationName.Website,
        document => Parse(XmlNode.Parse(Encoding.UTF8.GetBytes(document), Root, MaxElements)));

    /// <summary>The first rule that is about a request, or null. See <see cref="RoutingRule.IsAbout"/>.</summary>
    public RoutingRule? FindRule(string key, int? status) => Rules.FirstOrDefault(rule => rule.IsAbout(key, status));

    /// <summary>The key of what a request is shown: of a folder, its index document.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/IndexDocumentSupport.html</remarks>
    public string DocumentOf(string key) => key.Length == 0 || key.EndsWith('/') ? key + IndexSuffix : key;

    /// <summary>
    /// The key of the index document that a key has when it is a folder whose '/' was left out; null when it is none.
    /// </summary>
    public string? IndexBelow(string key) => key.Length == 0 || key.EndsWith('/') ? null : $"{key}/{IndexSuffix}";

    /// <summary>The document, as GetBucketWebsite shows it.</summary>
    public XmlDocument Write()
    {
        var document = new XmlDocument(Root);
        if (RedirectAll is not null)
        {
            document.Open(RedirectAllElement).Element("HostName", RedirectAll.HostName)
                .Element("Protocol", RedirectAll.Protocol).Close(RedirectAllElement);
        }
        if (IndexSuffix is not null)
            document.Open("IndexDocument").Element("Suffix", IndexSuffix).Close("IndexDocument");
        if (ErrorKey is not null)
            document.Open("ErrorDocument").Element("Key", ErrorKey).Close("ErrorDocument");
        if (Rules.Count == 0)
            return document;
        document.Open("RoutingRules");
        foreach (var rule in Rules)
            rule.Write(document);
        return document.Close("RoutingRules");
    }

    private static WebsiteConfiguration ParseRedirectAll(XmlNode website, XmlNode all)
    {
        if (website.Children.Count > 1)
        {
            throw InvalidArgument("RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                RedirectAllElement, "not null");
        }
        all.RequireOnly("HostName", "Protocol");
        return all.TextOf("HostName") is { Length: > 0 } host
            ? new WebsiteConfiguration(
                new WebsiteRedirect(WebsiteRedirect.ParseProtocol(all), host, null, null, null), null, null, [])
            : throw new S3Exception(S3Errors.MalformedXml);
    }

    private static string? ParseErrorKey(XmlNode website)
    {
        if (website.Child("ErrorDocument") is not { } error)
            return null;
        error.RequireOnly("Key");
        return error.TextOf("Key") is { Length: > 0 } key ? key : throw new S3Exception(S3Errors.MalformedXml);
    }

    private static List<RoutingRule> ParseRules(XmlNode website)
    {
        if (website.Child("RoutingRules") is not { } rules)
            return [];
        rules.RequireOnly("RoutingRule");
        return rules.Children.Count switch
        {
            0 => throw new S3Exception(S3Errors.MalformedXml),
            > MaxRules => throw new S3Exception(S3Errors.InvalidRequest, $"{rules.Children.Count} routing rules " +
                $"provided, the number of routing rules in a website configuration is limited to {MaxRules}."),
            _ => [.. rules.Children.Select(RoutingRule.Parse)],
        };
    }

    private static S3Exception InvalidArgument(string message, string name, string value) =>
        new(S3Errors.InvalidArgument, message, ("ArgumentName", name), ("ArgumentValue", value));
}
