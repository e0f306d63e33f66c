using System.Globalization;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.Events.Objects;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Puts the content of an object together from uploaded parts: their extents, one after the other.</summary>
public static class PartAssembly
{
    private const long MinPartSize = 5L << 20;
    private const long MaxObjectSize = 5L << 40;

    /// <summary>The content that the named parts make.</summary>
    /// <exception cref="S3Exception">InvalidPart, EntityTooSmall, EntityTooLarge or InvalidRequest.</exception>
    public static ObjectContent Assemble(
        Upload upload, IReadOnlyList<CompletedPart> named, IReadOnlyList<UploadedPart> uploaded)
    {
        var byNumber = uploaded.ToDictionary(part => part.Number);
        var parts = named.Select(part => Match(upload, part, byNumber)).ToList();
        for (var i = 0; i < parts.Count - 1; i++)
        {
            if (parts[i].Content.Size < MinPartSize)
            {
                throw new S3Exception(S3Errors.EntityTooSmall, null,
                    ("ProposedSize", parts[i].Content.Size.ToString(CultureInfo.InvariantCulture)),
                    ("MinSizeAllowed", MinPartSize.ToString(CultureInfo.InvariantCulture)),
                    ("PartNumber", parts[i].Number.ToString(CultureInfo.InvariantCulture)),
                    ("ETag", parts[i].Content.ETag));
            }
        }
        var size = parts.Sum(part => part.Content.Size);
        if (size > MaxObjectSize)
        {
            throw new S3Exception(S3Errors.EntityTooLarge, null,
                ("ProposedSize", size.ToString(CultureInfo.InvariantCulture)),
                ("MaxSizeAllowed", MaxObjectSize.ToString(CultureInfo.InvariantCulture)));
        }
        return new ObjectContent
        {
            Size = size,
            ETag = CompletedPart.ObjectETag(named),
            Extents = parts.SelectMany(part => part.Content.Extents).ToList(),
            Parts = parts.ConvertAll(part => new ObjectPart(
                part.Number, part.Content.Size, part.Content.ETag,
                upload.ChecksumAlgorithm is null ? null : part.Content.Checksum?.Value)),
            Checksum = Checksum(upload, parts),
        };
    }

    private static UploadedPart Match(
        Upload upload, CompletedPart named, Dictionary<int, UploadedPart> uploaded)
    {
        if (!uploaded.TryGetValue(named.Number, out var part)
            || !string.Equals(part.Content.ETag, named.ETag, StringComparison.OrdinalIgnoreCase)
            || !Agrees(upload, named, part.Content.Checksum))
        {
            throw new S3Exception(S3Errors.InvalidPart, null, ("UploadId", upload.UploadId),
                ("PartNumber", named.Number.ToString(CultureInfo.InvariantCulture)), ("ETag", named.ETag));
        }
        if (named.Checksum is null && upload.ChecksumType == "COMPOSITE")
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The upload was created using a {upload.ChecksumAlgorithm!.ToLowerInvariant()} checksum. The " +
                "complete request must include the checksum for each part. It was missing for part " +
                $"{named.Number} in the request.");
        }
        return part;
    }

    /// <summary>Whether the checksum named is that of the part, if the store kept one in that algorithm.</summary>
    private static bool Agrees(Upload upload, CompletedPart named, ObjectChecksum? own)
    {
        if (named.Checksum is not { } claimed)
            return true;
        if (claimed.Algorithm.Name() == own?.Algorithm)
            return claimed.Value == own.Value;
        // Without an algorithm of its own the upload kept only the default; the claim was checked as the part came.
        return upload.ChecksumAlgorithm is null ? true : throw new S3Exception(S3Errors.BadDigest,
            $"The {claimed.Algorithm.Name().ToLowerInvariant()} you specified for part {named.Number} did not match " +
            "what we received.");
    }

    /// <summary>The object's checksum; null when parts were uploaded before there was a default one.</summary>
    private static ObjectChecksum? Checksum(Upload upload, List<UploadedPart> parts)
    {
        var algorithm = OpenUpload.Algorithm(upload);
        var name = algorithm.Name();
        if (parts.Exists(part => part.Content.Checksum?.Algorithm != name))
            return null;
        var values = parts.ConvertAll(part => Convert.FromBase64String(part.Content.Checksum!.Value));
        return upload.ChecksumType == "COMPOSITE"
            ? new ObjectChecksum(name, Composite(algorithm, values), "COMPOSITE")
            : new ObjectChecksum(name, FullObject(algorithm, values, parts), "FULL_OBJECT");
    }

    /// <summary>The checksum of the parts' checksums, and their number.</summary>
    private static string Composite(ChecksumAlgorithm algorithm, List<byte[]> values)
    {
        using var checksum = BlobCas.Hashing.Checksum.Create(algorithm);
        foreach (var value in values)
            checksum.Append(value);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Convert.ToBase64String(checksum.Finish())}-{values.Count}");
    }

    private static string FullObject(ChecksumAlgorithm algorithm, List<byte[]> values, List<UploadedPart> parts)
    {
        var whole = values[0];
        for (var i = 1; i < values.Count; i++)
            whole = CrcCombine.Combine(algorithm, whole, values[i], parts[i].Content.Size);
        return Convert.ToBase64String(whole);
    }
}
