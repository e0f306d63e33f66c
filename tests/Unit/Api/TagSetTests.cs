using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Operations.Tags;
using CasStore.Api.S3.Xml;

namespace CasStore.Tests.Unit.Api;

public sealed class TagSetTests
{
    [Fact]
    public void Tags_come_back_as_they_were_put_in_their_order()
    {
        var tags = Parse("<Tag><Key>b</Key><Value>2</Value></Tag><Tag><Value/><Key>a &amp; é</Key></Tag>",
            allowed: false);
        tags.ShouldBeNull("'&' is no character of a tag");
        Parse("<Tag><Key>b</Key><Value>2</Value></Tag><Tag><Value/><Key>a é</Key></Tag>")
            .ShouldBe([("b", "2"), ("a é", "")]);
        Encoding.UTF8.GetString(TagSet.Write([("b", "2"), ("a", "")]).Finish().Span).ShouldBe(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
            "<Tagging xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><TagSet><Tag><Key>b</Key><Value>2</Value>" +
            "</Tag><Tag><Key>a</Key><Value></Value></Tag></TagSet></Tagging>");
    }

    [Fact]
    public void No_tags_are_a_tag_set_too() => Parse("").ShouldBeEmpty();

    [Theory]
    [InlineData("<Tagging/>")]
    [InlineData("<Tagging><TagSet/><TagSet/></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Value>a</Value></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key><Key>b</Key><Value>a</Value></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Tag><Key>a</Key><Value>a</Value><Other/></Tag></TagSet></Tagging>")]
    [InlineData("<Tagging><TagSet><Other/></TagSet></Tagging>")]
    [InlineData("<Tagging><Other/></Tagging>")]
    public void What_the_schema_does_not_have_is_malformed(string document) =>
        Should.Throw<S3Exception>(() => TagSet.Parse(Xml(document), TagRules.Bucket))
            .Error.ShouldBe(S3Errors.MalformedXml);

    [Theory]
    [InlineData("key", "value")]
    [InlineData("k", "")]
    [InlineData("Zürich 日本 नमस्ते", "0123 +-=._:/@")]
    [InlineData("my-aws:key", "aws:")]
    public void Letters_digits_spaces_and_some_signs_are_allowed(string key, string value) =>
        TagSet.Validate([(key, value)], TagRules.Object).Count.ShouldBe(1);

    [Theory]
    [InlineData("", "v", "The TagKey you have provided is invalid")]
    [InlineData("a&b", "v", "The TagKey you have provided is invalid")]
    [InlineData("a\nb", "v", "The TagKey you have provided is invalid")]
    [InlineData("<a>", "v", "The TagKey you have provided is invalid")]
    [InlineData("k", "a*b", "The TagValue you have provided is invalid")]
    [InlineData("k", "\u0001", "The TagValue you have provided is invalid")]
    [InlineData("aws:k", "v", "Your TagKey cannot be prefixed with aws:")]
    public void Anything_else_is_an_invalid_tag(string key, string value, string message)
    {
        var refused = Should.Throw<S3Exception>(() => TagSet.Validate([(key, value)], TagRules.Object));
        (refused.Error, refused.Message).ShouldBe((S3Errors.InvalidTag, message));
    }

    [Theory]
    [InlineData(128, 256, true)]
    [InlineData(129, 256, false)]
    [InlineData(128, 257, false)]
    public void Keys_have_128_characters_and_values_256(int key, int value, bool allowed) =>
        IsAllowed(TagRules.Bucket, (new string('é', key), new string('日', value))).ShouldBe(allowed);

    [Fact]
    public void Objects_have_10_tags_and_buckets_50()
    {
        IsAllowed(TagRules.Object, Numbered(10)).ShouldBeTrue();
        IsAllowed(TagRules.Object, Numbered(11)).ShouldBeFalse();
        IsAllowed(TagRules.Bucket, Numbered(50)).ShouldBeTrue();
        IsAllowed(TagRules.Bucket, Numbered(51)).ShouldBeFalse();
    }

    [Fact]
    public void Keys_differ_by_case_and_no_two_are_equal()
    {
        IsAllowed(TagRules.Bucket, ("a", "1"), ("A", "2")).ShouldBeTrue();
        IsAllowed(TagRules.Bucket, ("a", "1"), ("a", "1")).ShouldBeFalse();
    }

    [Fact]
    public void A_header_holds_the_tags_as_a_query()
    {
        Header("a=1&b=&c&d%20e+f=%C3%A9%3D").ShouldBe([("a", "1"), ("b", ""), ("c", ""), ("d e f", "é=")]);
        Header("").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a=1&a=2")]
    [InlineData("a=%")]
    [InlineData("a=%FF")]
    public void A_header_that_is_no_such_query_is_an_invalid_argument(string header) =>
        Should.Throw<S3Exception>(() => Header(header)).Error.ShouldBe(S3Errors.InvalidArgument);

    [Theory]
    [InlineData("=v")]
    [InlineData("aws%3Aa=1")]
    [InlineData("a=%00")]
    [InlineData("1&2&3&4&5&6&7&8&9&10&11")]
    public void A_header_keeps_the_same_rules(string header) =>
        Should.Throw<S3Exception>(() => Header(header)).Error.ShouldBeOneOf(
            S3Errors.InvalidTag, S3Errors.InvalidArgument);

    private static IReadOnlyList<(string Key, string Value)> Header(string header) =>
        TagSet.ParseHeader(header, TagRules.Object);

    private static (string, string)[] Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(number => ($"k{number}", "v"))];

    private static bool IsAllowed(TagRules rules, params (string, string)[] tags)
    {
        try
        {
            TagSet.Validate(tags, rules);
            return true;
        }
        catch (S3Exception refused) when (refused.Error == S3Errors.InvalidTag)
        {
            return false;
        }
    }

    private static IReadOnlyList<(string Key, string Value)>? Parse(string tags, bool allowed = true)
    {
        var document = Xml($"<Tagging xmlns=\"{XmlDocument.S3Namespace}\"><TagSet>{tags}</TagSet></Tagging>");
        if (allowed)
            return TagSet.Parse(document, TagRules.Bucket);
        Should.Throw<S3Exception>(() => TagSet.Parse(document, TagRules.Bucket)).Error.ShouldBe(S3Errors.InvalidTag);
        return null;
    }

    private static XmlNode Xml(string text) =>
        XmlNode.Parse(Encoding.UTF8.GetBytes(text), "Tagging", TagSet.MaxElements);
}
