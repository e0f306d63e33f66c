using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Cors;

/// <summary>The CORS rules of a bucket; the first that allows a request counts.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html</remarks>
public sealed record CorsConfiguration(IReadOnlyList<CorsRule> Rules)
{
    public const string Root = "CORSConfiguration";

    /// <summary>Most elements that a document has.</summary>
    public const int MaxElements = 16 * 1024;

    private const int MaxRules = 100;

    /// <summary>The rules of a bucket, or null.</summary>
    public static CorsConfiguration? Of(BucketConfigurations configurations) => configurations.Parsed(
        BucketConfigurationName.Cors,
        document => Parse(XmlNode.Parse(Encoding.UTF8.GetBytes(document), Root, MaxElements)));

    /// <summary>Reads a CORSConfiguration document.</summary>
    /// <exception cref="S3Exception">MalformedXML, InvalidRequest or InvalidArgument.</exception>
    public static CorsConfiguration Parse(XmlNode configuration)
    {
        configuration.RequireOnly("CORSRule");
        if (configuration.Children.Count == 0)
            throw new S3Exception(S3Errors.MalformedXml);
        if (configuration.Children.Count > MaxRules)
        {
            throw new S3Exception(
                S3Errors.InvalidRequest, "The number of CORS rules should not exceed allowed limit of 100 rules.");
        }
        return new CorsConfiguration([.. configuration.Children.Select(CorsRule.Parse)]);
    }

    /// <summary>The document, as GetBucketCors shows it.</summary>
    public XmlDocument Write()
    {
        var document = new XmlDocument(Root);
        foreach (var rule in Rules)
            rule.Write(document);
        return document;
    }

    /// <summary>The first rule that allows a request, or null.</summary>
    public CorsRule? Find(string origin, string method, IReadOnlyList<string> headers) =>
        Rules.FirstOrDefault(rule => rule.Allows(origin, method, headers));
}
