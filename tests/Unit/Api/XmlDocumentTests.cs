using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using XmlDocument = CasStore.Api.S3.Xml.XmlDocument;

namespace CasStore.Tests.Unit.Api;

public sealed class XmlDocumentTests
{
    [Fact]
    public void Writes_what_S3_writes() =>
        Text(new XmlDocument("Root").Element("A", "b").Element("N", 7).Element("B", true).Element("Left", (string?)null)
            .Element("T", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)).Open("O").Text("x").Close("O"))
            .ShouldBe("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
                "<Root xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><A>b</A><N>7</N><B>true</B>" +
                "<T>2026-01-02T03:04:05.678Z</T><O>x</O></Root>");

    [Theory]
    [InlineData("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;")]
    [InlineData("\u0001\u001f", "&#x1;&#x1f;")]
    [InlineData("a\rb", "a&#xd;b")]
    [InlineData("tab\tline\n", "tab\tline\n")]
    [InlineData("\ufffe", "&#xfffe;")]
    [InlineData("ü😀", "ü😀")]
    public void Escapes_what_would_not_survive(string text, string escaped) =>
        Text(new XmlDocument("R", inNamespace: false).Element("E", text)).ShouldContain($"<E>{escaped}</E>");

    [Fact]
    public void Any_text_comes_back_from_a_parser() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), input =>
        {
            var text = new string((input ?? "").Where(c => !char.IsSurrogate(c) && c != 0).ToArray());
            var bytes = new XmlDocument("R").Element("E", text).Finish().ToArray();
            using var reader = XmlReader.Create(
                new MemoryStream(bytes), new XmlReaderSettings { CheckCharacters = false });
            return XElement.Load(reader).Elements().Single().Value == text;
        }).QuickCheckThrowOnFailure();

    private static string Text(XmlDocument document) => Encoding.UTF8.GetString(document.Finish().Span);
}
