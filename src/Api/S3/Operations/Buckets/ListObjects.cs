using CasStore.Api.S3.Xml;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>Lists objects, version 1. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html</summary>
public static class ListObjects
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var listing = Listing.Of(request);
        var prefix = request.Query["prefix"] ?? "";
        var delimiter = request.Query["delimiter"];
        var marker = request.Query["marker"] ?? "";
        var limit = request.Query.Number("max-keys", Listing.MaxKeys, least: 0, most: Listing.MaxKeys);
        var page = await request.Store.Objects.ListAsync(
            new ListRequest(request.Bucket.Id, prefix, delimiter, marker, limit) { WithOwner = true }, request.Cancel);

        var document = new XmlDocument("ListBucketResult")
            .Element("Name", request.Bucket.Name)
            .Element("Prefix", listing.Name(prefix))
            .Element("Marker", listing.Name(marker))
            .Element("MaxKeys", limit)
            .Element("Delimiter", string.IsNullOrEmpty(delimiter) ? null : listing.Name(delimiter))
            .Element("EncodingType", listing.EncodingType)
            .Element("IsTruncated", page.NextAfter is not null);
        // Without a delimiter clients go on from the last key themselves.
        if (!string.IsNullOrEmpty(delimiter))
            document.Element("NextMarker", listing.Name(page.NextAfter));
        await listing.WriteAsync(document, request, page);
        await request.RespondAsync(document);
    }
}
