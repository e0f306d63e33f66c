using System.Buffers;
using System.Globalization;
using System.Text;

namespace CasStore.Api.S3.Xml;

/// <summary>
/// Writes an XML document as S3 does: UTF-8, no white space, characters that XML forbids as references.
/// </summary>
public sealed class XmlDocument
{
    /// <summary>The namespace of S3's documents.</summary>
    public const string S3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly SearchValues<char> Special =
        SearchValues.Create("&<>\"\r\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010" +
            "\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    private readonly ArrayBufferWriter<byte> _output = new(512);
    private readonly string _root;

    /// <summary>Begins a document with its root element, in S3's namespace unless told otherwise.</summary>
    public XmlDocument(string root, bool inNamespace = true)
    {
        _root = root;
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<");
        Raw(root);
        Raw(inNamespace ? $" xmlns=\"{S3Namespace}\">" : ">");
    }

    /// <summary>An element with text; a null is left out.</summary>
    public XmlDocument Element(string name, string? text)
    {
        if (text is null)
            return this;
        Open(name);
        Text(text);
        return Close(name);
    }

    public XmlDocument Element(string name, long number) =>
        Element(name, number.ToString(CultureInfo.InvariantCulture));

    public XmlDocument Element(string name, bool value) => Element(name, value ? "true" : "false");

    /// <summary>A time as S3 writes it in XML: ISO 8601 with milliseconds, UTC.</summary>
    public XmlDocument Element(string name, DateTimeOffset time) =>
        Element(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public XmlDocument Open(string name)
    {
        Raw("<");
        Raw(name);
        Raw(">");
        return this;
    }

    public XmlDocument Close(string name)
    {
        Raw("</");
        Raw(name);
        Raw(">");
        return this;
    }

    /// <summary>Text of the element that is open.</summary>
    public XmlDocument Text(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Special) is >= 0 and var at)
        {
            Raw(rest[..at]);
            switch (rest[at])
            {
                case '&': Raw("&amp;"); break;
                case '<': Raw("&lt;"); break;
                case '>': Raw("&gt;"); break;
                case '"': Raw("&quot;"); break;
                default: Raw($"&#x{(int)rest[at]:x};"); break;
            }
            rest = rest[(at + 1)..];
        }
        Raw(rest);
        return this;
    }

    /// <summary>Ends the root element and gives the document.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Close(_root);
        return _output.WrittenMemory;
    }

    private void Raw(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, _output);
}
