using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace CasStore.Api.S3.Xml;

/// <summary>
/// Writes an XML document as S3 does: UTF-8, no white space, characters that XML forbids as references. The bytes are
/// in a pooled array: a page of a listing is as long as a third of a megabyte, and there are many.
/// </summary>
public sealed class XmlDocument
{
    /// <summary>The namespace of S3's documents.</summary>
    public const string S3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Digits and sign of the longest number.</summary>
    private const int LongestNumber = 20;

    // "2026-01-02T03:04:05.6789012Z", of which S3 shows milliseconds.
    private const int LongestTime = 28, TimeToMilliseconds = 23;

    private static readonly SearchValues<char> Special =
        SearchValues.Create("&<>\"\r\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010" +
            "\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\uFFFE\uFFFF");

    private readonly string _root;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512);
    private int _length;

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

    public XmlDocument Element(string name, long number)
    {
        Open(name);
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out var written);
        _length += written;
        return Close(name);
    }

    public XmlDocument Element(string name, bool value) => Element(name, value ? "true" : "false");

    /// <summary>A time as S3 writes it in XML: ISO 8601 with milliseconds, UTC.</summary>
    public XmlDocument Element(string name, DateTimeOffset time)
    {
        Open(name);
        var text = Reserve(LongestTime);
        Utf8Formatter.TryFormat(time.UtcDateTime, text, out _, 'O');
        text[TimeToMilliseconds] = (byte)'Z';
        _length += TimeToMilliseconds + 1;
        return Close(name);
    }

    public XmlDocument Open(string name) => Tag(name, "<"u8);

    public XmlDocument Close(string name) => Tag(name, "</"u8);

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

    /// <summary>Ends the root element and gives the document, which is good until it is released.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Close(_root);
        return _buffer.AsMemory(0, _length);
    }

    /// <summary>Gives the memory back; the document is of no more use.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    /// <summary>Names of elements are ASCII.</summary>
    private XmlDocument Tag(string name, ReadOnlySpan<byte> opening)
    {
        var tag = Reserve(opening.Length + name.Length + 1);
        opening.CopyTo(tag);
        var written = opening.Length + Encoding.UTF8.GetBytes(name, tag[opening.Length..]);
        tag[written] = (byte)'>';
        _length += written + 1;
        return this;
    }

    private void Raw(ReadOnlySpan<char> text) =>
        _length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>Room for so many more bytes.</summary>
    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        return _buffer.AsSpan(_length);
    }
}
