using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Tells what a client asks of an object's metadata and parts, without its bytes.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
/// </summary>
public static class GetObjectAttributes
{
    private const string Header = "x-amz-object-attributes";
    private const int MaxParts = 1000;

    public static async Task ExecuteAsync(S3Request request)
    {
        var wanted = ReadAttributes(request);
        var found = await RequestedObject.FindAsync(request);
        VersionIds.Write(request, found.VersionId);
        request.Response.Headers.LastModified = ObjectHeaders.HttpDate(found.LastModified);
        var content = found.Content;
        var document = new XmlDocument("GetObjectAttributesResponse");
        // Here S3 does not quote the ETag.
        document.Element("ETag", wanted.Contains("ETag") ? content.ETag : null);
        if (wanted.Contains("Checksum") && content.Checksum is { } checksum)
            WriteChecksum(document, checksum);
        if (wanted.Contains("ObjectParts") && content.Parts is { } parts)
            WriteParts(document, request, parts, content.Checksum?.Algorithm);
        document.Element(
            "StorageClass", wanted.Contains("StorageClass") ? found.Metadata.StorageClass ?? "STANDARD" : null);
        if (wanted.Contains("ObjectSize"))
            document.Element("ObjectSize", content.Size);
        await request.RespondAsync(document);
    }

    private static HashSet<string> ReadAttributes(S3Request request)
    {
        var names = request.Header(Header)?
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (names.Length == 0)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The {Header} header specifying the attributes to be retrieved is either missing or empty");
        }
        foreach (var name in names)
        {
            if (name is not ("ETag" or "Checksum" or "ObjectParts" or "StorageClass" or "ObjectSize"))
            {
                throw new S3Exception(S3Errors.InvalidArgument, "Invalid attribute name specified.",
                    ("ArgumentName", Header), ("ArgumentValue", name));
            }
        }
        return [.. names];
    }

    /// <summary>Here S3 shows a composite checksum without the number of parts.</summary>
    private static void WriteChecksum(XmlDocument document, ObjectChecksum checksum) =>
        document.Open("Checksum")
            .Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value.Split('-')[0])
            .Element("ChecksumType", checksum.Type)
            .Close("Checksum");

    /// <summary>The number of parts; the parts themselves when they have checksums, as in S3.</summary>
    private static void WriteParts(
        XmlDocument document, S3Request request, IReadOnlyList<ObjectPart> parts, string? algorithm)
    {
        document.Open("ObjectParts").Element("PartsCount", parts.Count);
        if (algorithm is not null && parts.All(part => part.Checksum is not null))
        {
            var marker = Number(request, "x-amz-part-number-marker", otherwise: 0);
            var limit = Math.Min(Number(request, "x-amz-max-parts", MaxParts), MaxParts);
            var rest = parts.Where(part => part.Number > marker).ToList();
            var page = rest.Take(limit).ToList();
            document.Element("PartNumberMarker", marker)
                .Element("NextPartNumberMarker", page.Count == 0 ? 0 : page[^1].Number)
                .Element("MaxParts", limit)
                .Element("IsTruncated", page.Count < rest.Count && limit > 0);
            foreach (var part in page)
            {
                document.Open("Part")
                    .Element("PartNumber", part.Number)
                    .Element("Size", part.Size)
                    .Element(ChecksumNames.Element(algorithm), part.Checksum)
                    .Close("Part");
            }
        }
        document.Close("ObjectParts");
    }

    /// <summary>A number in a header; S3 passes over what is none.</summary>
    private static int Number(S3Request request, string header, int otherwise) =>
        int.TryParse(request.Header(header), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
