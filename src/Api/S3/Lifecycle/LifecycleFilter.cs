using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Operations.Tags;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Lifecycle;

/// <summary>Which objects a lifecycle rule is about; all of them when nothing is said.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRuleFilter.html</remarks>
public sealed record LifecycleFilter(
    string? Prefix, IReadOnlyList<(string Key, string Value)> Tags, long? LargerThan, long? SmallerThan)
{
    private const string And = "And";

    /// <summary>Whether the document joins what it says with an And element.</summary>
    public bool IsAnd { get; private init; }

    public bool HasSizes => LargerThan is not null || SmallerThan is not null;

    /// <summary>Reads a Filter element.</summary>
    /// <exception cref="S3Exception">MalformedXML, InvalidTag or InvalidRequest.</exception>
    public static LifecycleFilter Parse(XmlNode filter)
    {
        if (filter.Children.Count > 1)
            throw new S3Exception(S3Errors.MalformedXml);
        if (filter.Child(And) is not { } and)
            return ParsePredicates(filter);
        return and.Children.Count > 0
            ? ParsePredicates(and) with { IsAnd = true }
            : throw new S3Exception(S3Errors.MalformedXml);
    }

    /// <summary>Writes the Filter element.</summary>
    public void Write(XmlDocument document)
    {
        document.Open("Filter");
        if (IsAnd)
            document.Open(And);
        document.Element("Prefix", Prefix);
        foreach (var tag in Tags)
            TagSet.WriteTag(document, tag);
        document.Element("ObjectSizeGreaterThan", LargerThan?.ToString(CultureInfo.InvariantCulture));
        document.Element("ObjectSizeLessThan", SmallerThan?.ToString(CultureInfo.InvariantCulture));
        if (IsAnd)
            document.Close(And);
        document.Close("Filter");
    }

    private static LifecycleFilter ParsePredicates(XmlNode parent)
    {
        parent.RequireOnly("Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan");
        var tags = parent.Children.Where(child => child.Name == "Tag").Select(TagSet.ParseTag).ToList();
        if (tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() != tags.Count)
            throw new S3Exception(S3Errors.InvalidRequest, "Duplicate Tag Keys are not allowed.");
        TagSet.Validate(tags, TagRules.Object);
        var filter = new LifecycleFilter(
            parent.TextOf("Prefix"), tags, Size(parent, "ObjectSizeGreaterThan"), Size(parent, "ObjectSizeLessThan"));
        if (filter.LargerThan >= filter.SmallerThan)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'");
        }
        return filter;
    }

    private static long? Size(XmlNode parent, string name)
    {
        if (parent.TextOf(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new S3Exception(S3Errors.MalformedXml);
    }
}
