using System.Globalization;
using System.Security.Cryptography;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>A part as a CompleteMultipartUpload request names it.</summary>
/// <param name="Number">Part number.</param>
/// <param name="ETag">Unquoted.</param>
/// <param name="Checksum">Base64, or null.</param>
public sealed record CompletedPart(int Number, string ETag, string? Checksum)
{
    private const int MaxElements = 1 + OpenUpload.MaxParts * 8;

    /// <summary>Reads the request's list.</summary>
    /// <exception cref="S3Exception">MalformedXML or InvalidPartOrder.</exception>
    public static List<CompletedPart> ReadAll(byte[] body)
    {
        var parts = XmlNode.Parse(body, "CompleteMultipartUpload", MaxElements).Children
            .Where(child => child.Name == "Part").Select(Read).ToList();
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
        if (!int.TryParse(element.TextOf("PartNumber")?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || element.TextOf("ETag")?.Trim() is not { } etag)
        {
            throw new S3Exception(S3Errors.MalformedXml);
        }
        var checksum = ChecksumNames.All
            .Select(algorithm => element.TextOf($"Checksum{algorithm.Name()}")?.Trim())
            .FirstOrDefault(value => value is not null);
        return new CompletedPart(number, ETags.Unquote(etag), checksum);
    }
}
