using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Xml;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>
/// Lists versions and delete markers, the newest of a key first.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
/// </summary>
public static class ListObjectVersions
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var listing = Listing.Of(request);
        var query = request.Query;
        var prefix = query["prefix"] ?? "";
        var delimiter = string.IsNullOrEmpty(query["delimiter"]) ? null : query["delimiter"];
        var keyMarker = string.IsNullOrEmpty(query["key-marker"]) ? null : query["key-marker"];
        var versionIdMarker = VersionIdMarker(query["version-id-marker"], keyMarker);
        var limit = query.Number("max-keys", Listing.MaxKeys, least: 0, most: Listing.MaxKeys);
        var page = await request.Store.Objects.ListVersionsAsync(new ListVersionsRequest(
            request.Bucket.Id, prefix, delimiter, keyMarker, versionIdMarker, limit), request.Cancel);

        var document = new XmlDocument("ListVersionsResult")
            .Element("Name", request.Bucket.Name)
            .Element("Prefix", listing.Name(prefix))
            .Element("KeyMarker", listing.Name(keyMarker ?? ""))
            .Element("VersionIdMarker", versionIdMarker ?? "")
            .Element("NextKeyMarker", listing.Name(page.NextKeyMarker))
            .Element("NextVersionIdMarker", page.NextVersionIdMarker)
            .Element("MaxKeys", limit)
            .Element("Delimiter", listing.Name(delimiter))
            .Element("EncodingType", listing.EncodingType)
            .Element("IsTruncated", page.NextKeyMarker is not null);
        await WriteAsync(document, listing, request, page);
        listing.WritePrefixes(document, page.CommonPrefixes);
        await request.RespondAsync(document);
    }

    private static async Task WriteAsync(XmlDocument document, Listing listing, S3Request request, VersionPage page)
    {
        foreach (var version in page.Versions)
        {
            var element = version.IsDeleteMarker ? "DeleteMarker" : "Version";
            var listed = version.Object;
            document.Open(element)
                .Element("Key", listing.Name(listed.Key))
                .Element("VersionId", version.VersionId)
                .Element("IsLatest", version.IsLatest)
                .Element("LastModified", listed.LastModified);
            if (!version.IsDeleteMarker)
            {
                document.Element("ETag", ETags.Quote(listed.ETag))
                    .Element("ChecksumAlgorithm", listed.ChecksumAlgorithm)
                    .Element("ChecksumType", listed.ChecksumType)
                    .Element("Size", listed.Size);
            }
            await listing.WritePersonAsync(document, request, "Owner", listed.Owner!);
            document.Element("StorageClass", version.IsDeleteMarker ? null : listed.StorageClass ?? "STANDARD")
                .Close(element);
        }
    }

    private static string? VersionIdMarker(string? marker, string? keyMarker)
    {
        if (string.IsNullOrEmpty(marker))
            return null;
        return keyMarker is not null
            ? VersionIds.Parse(marker, "version-id-marker")
            : throw new S3Exception(S3Errors.InvalidArgument,
                "A version-id marker cannot be specified without a key marker.",
                ("ArgumentName", "version-id-marker"), ("ArgumentValue", marker));
    }
}
