using System.Globalization;
using System.Security.Cryptography;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>A part as a CompleteMultipartUpload request names it.</summary>
/// <param name="Number">Part number.</param>
/// <param name="ETag">Unquoted.</param>
/// <param name="Checksum">Algorithm and base64, or null.</param>
public sealed record CompletedPart(int Number, string ETag, (ChecksumAlgorithm Algorithm, string Value)? Checksum)
{
    private const int MaxElements = 1 + OpenUpload.MaxParts * 8;

    /// <summary>Reads the request's list.</summary>
    /// <exception cref="S3Exception">MalformedXML or InvalidPartOrder.</exception>
    public static List<CompletedPart> ReadAll(byte[] body)
    {
        var children = XmlNode.Parse(body, "CompleteMultipartUpload", MaxElements).Children;
        if (children.Any(child => child.Name != "Part"))
            throw new S3Exception(S3Errors.MalformedXml);
        var parts = children.Select(Read).ToList();
        if (parts.Count is 0 or > OpenUpload.MaxParts)
            throw new S3Exception(S3Errors.MalformedXml);
        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i].Number <= parts[i - 1].Number)
                throw new S3Exception(S3Errors.InvalidPartOrder);
        }
        return parts;
    }

    /// <summary>The ETag of an object made of parts: MD5 of their binary MD5s, and their number.</summary>
    /// <exception cref="S3Exception">InvalidPart: an ETag is no MD5.</exception>
    public static string ObjectETag(IReadOnlyList<CompletedPart> parts)
    {
        var digests = new byte[parts.Count * MD5.HashSizeInBytes];
        for (var i = 0; i < parts.Count; i++)
        {
            var slot = digests.AsSpan(i * MD5.HashSizeInBytes, MD5.HashSizeInBytes);
            if (parts[i].ETag.Length != 2 * MD5.HashSizeInBytes
                || Convert.FromHexString(parts[i].ETag, slot, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                throw new S3Exception(S3Errors.InvalidPart);
            }
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"{Convert.ToHexStringLower(MD5.HashData(digests))}-{parts.Count}");
    }

    private static CompletedPart Read(XmlNode element)
    {
        var numberText = element.TextOf("PartNumber")?.Trim();
        if (!int.TryParse(numberText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || element.TextOf("ETag")?.Trim() is not { } etag)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
        if (number < 1)
        {
            throw new S3Exception(S3Errors.InvalidArgument, "PartNumber must be >= 1",
                ("ArgumentName", "partNumber"), ("ArgumentValue", numberText!));
        }
        return new CompletedPart(number, ETags.Unquote(etag), ReadChecksum(element));
    }

    private static (ChecksumAlgorithm, string)? ReadChecksum(XmlNode element)
    {
        (ChecksumAlgorithm, string)? checksum = null;
        foreach (var algorithm in ChecksumNames.All)
        {
            if (element.TextOf(ChecksumNames.Element(algorithm.Name()))?.Trim() is not { } value)
                continue;
            if (checksum is not null || !DeclaredChecksum.HasForm(algorithm, value))
            {
                throw new S3Exception(S3Errors.InvalidArgument,
                    "Invalid Base64 or multiple checksums present in request", ("ArgumentName", "checksum"));
            }
            checksum = (algorithm, value);
        }
        return checksum;
    }
}
