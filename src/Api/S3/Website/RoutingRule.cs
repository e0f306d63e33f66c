using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Website;

/// <summary>Where a website sends some requests.</summary>
/// <param name="KeyPrefix">Prefix of the keys that it is about, or null for all.</param>
/// <param name="ErrorCode">The error that it is about, or null for any outcome.</param>
/// <param name="Redirect">Where to.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_RoutingRule.html</remarks>
public sealed record RoutingRule(string? KeyPrefix, int? ErrorCode, WebsiteRedirect Redirect)
{
    private const string ConditionElement = "Condition";

    /// <summary>Reads a RoutingRule element.</summary>
    /// <exception cref="S3Exception">MalformedXML or InvalidRequest.</exception>
    public static RoutingRule Parse(XmlNode rule)
    {
        rule.RequireOnly(ConditionElement, WebsiteRedirect.Element);
        var redirect = WebsiteRedirect.Parse(
            rule.Child(WebsiteRedirect.Element) ?? throw new S3Exception(S3Errors.MalformedXml));
        if (rule.Child(ConditionElement) is not { } condition)
            return new RoutingRule(null, null, redirect);
        condition.RequireOnly("KeyPrefixEquals", "HttpErrorCodeReturnedEquals");
        if (condition.Children.Count == 0)
        {
            throw new S3Exception(S3Errors.InvalidRequest, "Condition cannot be empty. To redirect all requests " +
                "without a condition, the condition element shouldn't be present.");
        }
        return new RoutingRule(
            condition.TextOf("KeyPrefixEquals"), ParseErrorCode(condition.TextOf("HttpErrorCodeReturnedEquals")),
            redirect);
    }

    /// <summary>Whether it is about a request.</summary>
    /// <param name="key">What the request asks for; empty for the root.</param>
    /// <param name="status">The error that it came to; null as long as nothing was looked up.</param>
    public bool IsAbout(string key, int? status) =>
        ErrorCode == status && key.StartsWith(KeyPrefix ?? "", StringComparison.Ordinal);

    /// <summary>Writes the RoutingRule element.</summary>
    public void Write(XmlDocument document)
    {
        document.Open("RoutingRule");
        if (KeyPrefix is not null || ErrorCode is not null)
        {
            document.Open(ConditionElement)
                .Element("KeyPrefixEquals", KeyPrefix)
                .Element("HttpErrorCodeReturnedEquals", ErrorCode?.ToString(CultureInfo.InvariantCulture))
                .Close(ConditionElement);
        }
        Redirect.Write(document);
        document.Close("RoutingRule");
    }

    private static int? ParseErrorCode(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 400 and <= 599
            ? code
            : throw new S3Exception(S3Errors.InvalidRequest,
                $"The provided HTTP error code ({text}) is not valid. Valid codes are 4XX or 5XX.");
    }
}
