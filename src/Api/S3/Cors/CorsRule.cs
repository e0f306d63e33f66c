using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Cors;

/// <summary>Which pages of other origins may do what.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html</remarks>
public sealed record CorsRule(
    string? Id, IReadOnlyList<string> Headers, IReadOnlyList<string> Methods, IReadOnlyList<string> Origins,
    IReadOnlyList<string> ExposedHeaders, int? MaxAge)
{
    private const int MaxId = 255;
    private static readonly string[] KnownMethods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    /// <summary>Reads a CORSRule element.</summary>
    /// <exception cref="S3Exception">MalformedXML, InvalidRequest or InvalidArgument.</exception>
    public static CorsRule Parse(XmlNode rule)
    {
        rule.RequireOnly("ID", "AllowedHeader", "AllowedMethod", "AllowedOrigin", "ExposeHeader", "MaxAgeSeconds");
        var parsed = new CorsRule(
            rule.TextOf("ID"), Texts(rule, "AllowedHeader"), Texts(rule, "AllowedMethod"),
            Texts(rule, "AllowedOrigin"), Texts(rule, "ExposeHeader"), ParseMaxAge(rule.TextOf("MaxAgeSeconds")));
        if (parsed.Methods.Count == 0 || parsed.Origins.Count == 0)
            throw new S3Exception(S3Errors.MalformedXml);
        if (parsed.Id?.Length > MaxId)
            throw new S3Exception(S3Errors.InvalidArgument, "ID length should not exceed allowed limit of 255");
        foreach (var method in parsed.Methods.Except(KnownMethods, StringComparer.Ordinal))
            throw Invalid($"Found unsupported HTTP method in CORS config. Unsupported method is {method}");
        foreach (var origin in parsed.Origins.Where(Wildcard.HasSeveral))
            throw Invalid($"AllowedOrigin \"{origin}\" can not have more than one wildcard.");
        foreach (var header in parsed.Headers.Where(Wildcard.HasSeveral))
            throw Invalid($"AllowedHeader \"{header}\" can not have more than one wildcard.");
        foreach (var header in parsed.ExposedHeaders.Where(header => header.Contains('*', StringComparison.Ordinal)))
        {
            throw Invalid(
                $"ExposeHeader \"{header}\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        }
        foreach (var header in parsed.ExposedHeaders.Where(header => !header.All(IsTokenCharacter)))
            throw Invalid($"ExposeHeader \"{header}\" contains invalid character.");
        return parsed;
    }

    /// <summary>Writes the CORSRule element.</summary>
    public void Write(XmlDocument document)
    {
        document.Open("CORSRule").Element("ID", Id);
        foreach (var method in Methods)
            document.Element("AllowedMethod", method);
        foreach (var origin in Origins)
            document.Element("AllowedOrigin", origin);
        foreach (var header in Headers)
            document.Element("AllowedHeader", header);
        foreach (var header in ExposedHeaders)
            document.Element("ExposeHeader", header);
        document.Element("MaxAgeSeconds", MaxAge?.ToString(CultureInfo.InvariantCulture)).Close("CORSRule");
    }

    /// <summary>Whether the rule allows a request.</summary>
    /// <param name="origin">Where the page is from.</param>
    /// <param name="method">What it wants to do.</param>
    /// <param name="headers">Headers that it wants to send.</param>
    public bool Allows(string origin, string method, IEnumerable<string> headers) =>
        Methods.Contains(method, StringComparer.Ordinal)
        && AllowsOrigin(origin)
        && headers.All(header =>
            Headers.Any(allowed => Wildcard.Matches(allowed, header, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether every origin is allowed, so that the answer does not depend on it.</summary>
    public bool AllowsEveryOrigin => Origins.Contains("*", StringComparer.Ordinal);

    private bool AllowsOrigin(string origin) =>
        Origins.Any(allowed => Wildcard.Matches(allowed, origin, StringComparison.Ordinal));

    private static List<string> Texts(XmlNode rule, string name) =>
        [.. rule.Children.Where(child => child.Name == name).Select(child => child.Text)];

    private static int? ParseMaxAge(string? text)
    {
        if (text is null)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : throw new S3Exception(S3Errors.MalformedXml);
    }

    /// <summary>A character of a header's name (RFC 9110 §5.6.2); anything else could end the header.</summary>
    private static bool IsTokenCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);

    private static S3Exception Invalid(string message) => new(S3Errors.InvalidRequest, message);
}
