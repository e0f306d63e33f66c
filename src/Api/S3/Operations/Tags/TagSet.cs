using System.Buffers;
using System.Globalization;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Tags;

/// <summary>The tags of a bucket or of an object: what they may be, and their forms in XML and in a header.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html,
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
/// </remarks>
public static class TagSet
{
    /// <summary>Most elements that a document of tags has, with room to say that there are too many tags.</summary>
    public const int MaxElements = 1024;

    // Characters of UTF-16, as S3 counts them.
    private const int MaxKey = 128;
    private const int MaxValue = 256;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(" +-=._:/@");

    /// <summary>Reads a Tagging document.</summary>
    /// <exception cref="S3Exception">MalformedXML or InvalidTag.</exception>
    public static IReadOnlyList<(string Key, string Value)> Parse(XmlNode tagging, TagRules rules)
    {
        tagging.RequireOnly("TagSet");
        var set = tagging.Children is [var only] ? only : throw new S3Exception(S3Errors.MalformedXml);
        set.RequireOnly("Tag");
        var tags = set.Children.Select(ParseTag).ToList();
        Validate(tags, rules);
        return tags;
    }

    /// <summary>Reads a Tag element, whatever its key and value are.</summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static (string Key, string Value) ParseTag(XmlNode tag)
    {
        tag.RequireOnly("Key", "Value");
        return tag.TextOf("Key") is { } key && tag.TextOf("Value") is { } value
            ? (key, value)
            : throw new S3Exception(S3Errors.MalformedXml);
    }

    /// <summary>Reads the header x-amz-tagging: the tags as a URL's query.</summary>
    /// <exception cref="S3Exception">InvalidArgument or InvalidTag.</exception>
    public static IReadOnlyList<(string Key, string Value)> ParseHeader(string header, TagRules rules)
    {
        try
        {
            var query = QueryParameters.Parse(header);
            var tags = query.All;
            return tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() == tags.Count
                ? Validate(tags, rules)
                : throw NotAQuery(header);
        }
        catch (S3Exception undecodable) when (undecodable.Error == S3Errors.InvalidUri)
        {
            throw NotAQuery(header);
        }
    }

    /// <summary>Lets tags go on.</summary>
    /// <exception cref="S3Exception">InvalidTag.</exception>
    public static IReadOnlyList<(string Key, string Value)> Validate(
        IReadOnlyList<(string Key, string Value)> tags, TagRules rules)
    {
        if (tags.Count > rules.Most)
        {
            throw new S3Exception(S3Errors.InvalidTag,
                string.Create(CultureInfo.InvariantCulture, $"{rules.Subject} cannot be greater than {rules.Most}"));
        }
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            if (!keys.Add(key))
                throw Invalid("Cannot provide multiple Tags with the same key", key);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw Invalid(rules.ReservedPrefix, key);
            if (key.Length == 0 || !IsText(key, MaxKey))
                throw Invalid("The TagKey you have provided is invalid", key);
            if (!IsText(value, MaxValue))
                throw Invalid("The TagValue you have provided is invalid", key, ("TagValue", value));
        }
        return tags;
    }

    /// <summary>The Tagging document, as GetBucketTagging and GetObjectTagging show it.</summary>
    public static XmlDocument Write(IReadOnlyList<(string Key, string Value)> tags)
    {
        var document = new XmlDocument("Tagging").Open("TagSet");
        foreach (var tag in tags)
            WriteTag(document, tag);
        return document.Close("TagSet");
    }

    /// <summary>Writes a Tag element.</summary>
    public static void WriteTag(XmlDocument document, (string Key, string Value) tag) =>
        document.Open("Tag").Element("Key", tag.Key).Element("Value", tag.Value).Close("Tag");

    private static bool IsText(string text, int most)
    {
        if (text.Length > most)
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            // Letters come with the marks that are part of them in many scripts.
            var allowed = (rune.IsBmp && Punctuation.Contains((char)rune.Value))
                || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter
                    or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
                    or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
                    or UnicodeCategory.OtherNumber or UnicodeCategory.SpaceSeparator;
            if (!allowed)
                return false;
        }
        return true;
    }

    private static S3Exception Invalid(string message, string key, params (string Name, string Value)[] details) =>
        new(S3Errors.InvalidTag, message, [("TagKey", key), .. details]);

    private static S3Exception NotAQuery(string header) => new(S3Errors.InvalidArgument,
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name " +
        "duplicates.", ("ArgumentName", "x-amz-tagging"), ("ArgumentValue", header));
}
