using System.Text;
using System.Xml.Linq;

namespace CasStore.Tests.Integration.Harness;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public XElement Xml => XDocument.Parse(Text).Root!;

    /// <summary>Value of a header, or null.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>Text of the first element of that local name, or null.</summary>
    public string? Element(string name) => Elements(name) is [var first, ..] ? first : null;

    /// <summary>Texts of the elements of that local name, in order.</summary>
    public IReadOnlyList<string> Elements(string name) =>
        Xml.DescendantsAndSelf().Where(e => e.Name.LocalName == name).Select(e => e.Value).ToList();

    /// <summary>Fails unless the answer is this S3 error, whole: status, XML document, message, request id.</summary>
    public RawResponse ShouldBeError(int status, string code, string? message = null)
    {
        Status.ShouldBe(status, Text);
        Header("Content-Type").ShouldBe("application/xml", Text);
        Xml.Name.LocalName.ShouldBe("Error", Text);
        Element("Code").ShouldBe(code, Text);
        Element("Message").ShouldNotBeNullOrEmpty(Text);
        if (message is not null)
            Element("Message").ShouldBe(message);
        Element("RequestId").ShouldBe(Header("x-amz-request-id"), Text);
        return this;
    }

    /// <summary>Fails unless the status is this one.</summary>
    public RawResponse ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        Header("x-amz-request-id").ShouldNotBeNullOrEmpty();
        return this;
    }
}
