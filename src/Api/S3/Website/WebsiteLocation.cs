using System.Buffers;
using System.Text;

namespace CasStore.Api.S3.Website;

/// <summary>
/// The Location headers of websites. What a client sent goes in percent-encoded, and never where a host would be; what
/// the website's owner wrote goes in as it is, but for what no URI has.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html</remarks>
public static class WebsiteLocation
{
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    /// <summary>Where a website that redirects everything sends a request: the same path and query elsewhere.</summary>
    public static string OfAll(WebsiteRedirect all, HttpRequest request, string key, string rawQuery) =>
        Authority(all, request) + EncodeKey(key) + (rawQuery.Length == 0 ? "" : "?" + Clean(rawQuery));

    /// <summary>Where a rule sends a request.</summary>
    public static string OfRule(RoutingRule rule, HttpRequest request, string key)
    {
        var (redirect, prefix) = (rule.Redirect, rule.KeyPrefix ?? "");
        var path = redirect.ReplaceKey is { } replacement ? Clean(replacement)
            : redirect.ReplacePrefix is { } start ? Clean(start) + EncodeKey(key[prefix.Length..])
            : EncodeKey(key);
        return Authority(redirect, request) + path;
    }

    /// <summary>Where the index document of a folder is shown.</summary>
    public static string OfFolder(string key) =>
        // Two slashes at the beginning would be followed by a host (RFC 3986 §4.2).
        (key.StartsWith('/') ? "/%2F" + EncodeKey(key[1..]) : "/" + EncodeKey(key)) + "/";

    /// <summary>Where an object's x-amz-website-redirect-location sends.</summary>
    public static string OfObject(string location) => Clean(location);

    /// <summary>Scheme, host and the slash before the key.</summary>
    private static string Authority(WebsiteRedirect redirect, HttpRequest request)
    {
        var scheme = redirect.Protocol ?? request.Scheme;
        // Another protocol is not spoken on the same port.
        var host = redirect.HostName is { Length: > 0 } named ? named
            : scheme == request.Scheme ? request.Host.Value
            : request.Host.Host;
        return $"{scheme}://{Clean(host ?? "")}/";
    }

    private static string EncodeKey(string key) => string.Join('/', key.Split('/').Select(Uri.EscapeDataString));

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(UriCharacters))
            return text;
        var clean = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && UriCharacters.Contains((char)rune.Value))
                clean.Append((char)rune.Value);
            else
                clean.Append(Uri.EscapeDataString(rune.ToString()));
        }
        return clean.ToString();
    }
}
