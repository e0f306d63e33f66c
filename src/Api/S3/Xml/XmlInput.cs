using System.Xml;
using System.Xml.Linq;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Xml;

/// <summary>Reads the XML that clients send: no DTD, bounded depth, the namespace is not insisted on.</summary>
public static class XmlInput
{
    private const int MaxDepth = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Parses a document whose root has the given name.</summary>
    /// <exception cref="S3Exception">MalformedXML.</exception>
    public static XElement Parse(byte[] body, string root)
    {
        try
        {
            CheckDepth(body);
            using var reader = XmlReader.Create(new MemoryStream(body), Settings);
            var element = XElement.Load(reader);
            return element.Name.LocalName == root ? element : throw new S3Exception(S3Errors.MalformedXml);
        }
        catch (XmlException)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
    }

    /// <summary>The children of a name, whatever their namespace.</summary>
    public static IEnumerable<XElement> Children(this XElement parent, string name) =>
        parent.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The text of the only child of a name; null when there is none.</summary>
    /// <exception cref="S3Exception">MalformedXML: there are several.</exception>
    public static string? Text(this XElement parent, string name)
    {
        string? text = null;
        foreach (var child in parent.Children(name))
            text = text is null ? child.Value : throw new S3Exception(S3Errors.MalformedXml);
        return text;
    }

    private static void CheckDepth(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), Settings);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
                throw new S3Exception(S3Errors.MalformedXml);
        }
    }
}
