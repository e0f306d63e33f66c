using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Tests.Unit.Api;

public sealed class XmlNodeTests
{
    private const int MaxElements = 10;

    [Fact]
    public void Reads_names_and_texts_whatever_their_namespace()
    {
        var root = Parse("<r xmlns='urn:x'><a>1</a><!-- no --><b y='z'> <c>&lt;&#13;</c> </b><a>2</a></r>", "r");
        root.Children.Select(child => child.Name).ShouldBe(["a", "b", "a"]);
        root.Children[1].TextOf("c").ShouldBe("<\r");
        root.TextOf("missing").ShouldBeNull();
        Should.Throw<S3Exception>(() => root.TextOf("a")).Error.ShouldBe(S3Errors.MalformedXml);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(" lead and trail ")]
    [InlineData("\t")]
    public void White_space_is_text(string key) =>
        Parse($"<Delete><Object><Key>{key}</Key></Object></Delete>", "Delete")
            .Children[0].TextOf("Key").ShouldBe(key);

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<r>")]
    [InlineData("<r></s>")]
    [InlineData("<other/>")]
    [InlineData("<r/><r/>")]
    [InlineData("<!DOCTYPE r><r/>")]
    [InlineData("<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>")]
    [InlineData("<r>&undefined;</r>")]
    [InlineData("<r>&#0;</r>")]
    public void Rejects_what_is_no_such_document(string document) =>
        Should.Throw<S3Exception>(() => Parse(document, "r")).Error.ShouldBe(S3Errors.MalformedXml);

    [Fact]
    public void Rejects_more_elements_than_there_can_be()
    {
        Parse($"<r>{Repeat("<a/>", MaxElements - 1)}</r>", "r").Children.Count.ShouldBe(MaxElements - 1);
        Should.Throw<S3Exception>(() => Parse($"<r>{Repeat("<a/>", MaxElements)}</r>", "r"))
            .Error.ShouldBe(S3Errors.MalformedXml);
    }

    [Fact]
    public void Rejects_depth() =>
        Should.Throw<S3Exception>(() => Parse(Repeat("<r>", MaxElements) + Repeat("</r>", MaxElements), "r"))
            .Error.ShouldBe(S3Errors.MalformedXml);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static XmlNode Parse(string document, string root) =>
        XmlNode.Parse(Encoding.UTF8.GetBytes(document), root, MaxElements);
}
