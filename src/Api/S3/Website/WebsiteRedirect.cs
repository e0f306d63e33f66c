using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Website;

/// <summary>Where a request is sent; what it does not say stays as it was.</summary>
/// <param name="Protocol">http or https.</param>
/// <param name="HostName">Host.</param>
/// <param name="ReplacePrefix">Takes the place of the prefix that the rule is about.</param>
/// <param name="ReplaceKey">Takes the place of the key.</param>
/// <param name="Status">Status of the answer: 301 to 399, by default 301.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_Redirect.html</remarks>
public sealed record WebsiteRedirect(
    string? Protocol, string? HostName, string? ReplacePrefix, string? ReplaceKey, int? Status)
{
    public const string Element = "Redirect";

    /// <summary>Reads a Redirect element.</summary>
    /// <exception cref="S3Exception">MalformedXML or InvalidRequest.</exception>
    public static WebsiteRedirect Parse(XmlNode redirect)
    {
        redirect.RequireOnly("Protocol", "HostName", "ReplaceKeyPrefixWith", "ReplaceKeyWith", "HttpRedirectCode");
        if (redirect.Children.Count == 0)
            throw new S3Exception(S3Errors.MalformedXml);
        var parsed = new WebsiteRedirect(
            ParseProtocol(redirect), redirect.TextOf("HostName"), redirect.TextOf("ReplaceKeyPrefixWith"),
            redirect.TextOf("ReplaceKeyWith"), ParseStatus(redirect.TextOf("HttpRedirectCode")));
        return parsed.ReplacePrefix is null || parsed.ReplaceKey is null
            ? parsed
            : throw new S3Exception(
                S3Errors.InvalidRequest, "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
    }

    /// <summary>Writes the Redirect element.</summary>
    public void Write(XmlDocument document) => document.Open(Element)
        .Element("Protocol", Protocol)
        .Element("HostName", HostName)
        .Element("ReplaceKeyPrefixWith", ReplacePrefix)
        .Element("ReplaceKeyWith", ReplaceKey)
        .Element("HttpRedirectCode", Status?.ToString(CultureInfo.InvariantCulture))
        .Close(Element);

    /// <summary>The protocol of a redirect, or null.</summary>
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static string? ParseProtocol(XmlNode redirect) => redirect.TextOf("Protocol") switch
    {
        null => null,
        ("http" or "https") and var protocol => protocol,
        _ => throw new S3Exception(S3Errors.InvalidRequest, "Invalid protocol, protocol can be http or https. If not " +
            "defined the protocol will be selected automatically."),
    };

    private static int? ParseStatus(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is > 300 and <= 399
            ? status
            : throw new S3Exception(S3Errors.InvalidRequest,
                $"The provided HTTP redirect code ({text}) is not valid. Valid codes are 3XX except 300.");
    }
}
