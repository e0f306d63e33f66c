using System.Text;
using System.Xml;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Xml;

/// <summary>
/// An element of the XML that clients send: local name, text, children. Namespaces and attributes are not insisted on.
/// </summary>
public sealed class XmlNode(string name)
{
    private const int MaxDepth = 8;
    private readonly List<XmlNode> _children = [];

    public string Name { get; } = name;
    public string Text { get; private set; } = "";
    public IReadOnlyList<XmlNode> Children => _children;

    /// <summary>The text of the only child of a name; null when there is none.</summary>
    /// <exception cref="S3Exception">MalformedXML: there are several.</exception>
    public string? TextOf(string childName) => Child(childName)?.Text;

    /// <summary>The only child of a name; null when there is none.</summary>
    /// <exception cref="S3Exception">MalformedXML: there are several.</exception>
    public XmlNode? Child(string childName)
    {
        XmlNode? found = null;
        foreach (var child in _children)
        {
            if (child.Name == childName)
                found = found is null ? child : throw new S3Exception(S3Errors.MalformedXml);
        }
        return found;
    }

    /// <summary>Lets an element go on that has no children but these.</summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public void RequireOnly(params ReadOnlySpan<string> childNames)
    {
        foreach (var child in _children)
        {
            if (!childNames.Contains(child.Name))
                throw new S3Exception(S3Errors.MalformedXml);
        }
    }

    /// <summary>Parses a document without DTD, of bounded depth and number of elements.</summary>
    /// <param name="document">The document.</param>
    /// <param name="root">Name that the root element must have.</param>
    /// <param name="maxElements">Most elements that it may have.</param>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static XmlNode Parse(byte[] document, string root, int maxElements)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document, writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
            var parsed = Read(reader, maxElements);
            return parsed.Name == root ? parsed : throw new S3Exception(S3Errors.MalformedXml);
        }
        catch (XmlException)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
    }

    private static XmlNode Read(XmlReader reader, int maxElements)
    {
        var open = new Stack<(XmlNode Node, StringBuilder Text)>();
        XmlNode? root = null;
        var elements = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > maxElements || open.Count == MaxDepth)
                        throw new S3Exception(S3Errors.MalformedXml);
                    var node = new XmlNode(reader.LocalName);
                    if (open.TryPeek(out var parent))
                        parent.Node._children.Add(node);
                    root ??= node;
                    if (!reader.IsEmptyElement)
                        open.Push((node, new StringBuilder()));
                    break;
                case XmlNodeType.EndElement:
                    var (ended, text) = open.Pop();
                    ended.Text = ended._children.Count == 0 ? text.ToString() : "";
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
                    or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    open.Peek().Text.Append(reader.Value);
                    break;
            }
        }
        return root ?? throw new S3Exception(S3Errors.MalformedXml);
    }
}
