using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Operations.Buckets;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Lists the parts of an upload. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</summary>
public static class ListParts
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var listing = Listing.Of(request);
        var limit = request.Query.Number("max-parts", Listing.MaxKeys, least: 0, most: Listing.MaxKeys);
        var marker = request.Query.Number("part-number-marker", 0, least: 0, most: int.MaxValue);
        var upload = await OpenUpload.FindAsync(request);
        var parts = await request.Store.Uploads.ListPartsAsync(upload.UploadId, marker, limit + 1, request.Cancel);
        var page = parts.Take(limit).ToList();
        var document = new XmlDocument("ListPartsResult")
            .Element("Bucket", request.Bucket.Name)
            .Element("Key", listing.Name(request.Key))
            .Element("UploadId", upload.UploadId)
            .Element("PartNumberMarker", marker)
            .Element("NextPartNumberMarker", page.Count == 0 ? 0 : page[^1].Number)
            .Element("MaxParts", limit)
            .Element("IsTruncated", parts.Count > page.Count && limit > 0)
            .Element("EncodingType", listing.EncodingType)
            .Element("ChecksumAlgorithm", upload.ChecksumAlgorithm)
            .Element("ChecksumType", upload.ChecksumType)
            .Element("StorageClass", upload.Metadata.StorageClass ?? "STANDARD");
        var initiator = await Listing.DisplayNameAsync(request, upload.Initiator);
        Listing.Person(document, "Initiator", upload.Initiator, initiator);
        Listing.Person(document, "Owner", upload.Initiator, initiator);
        foreach (var part in page)
        {
            document.Open("Part")
                .Element("PartNumber", part.Number)
                .Element("LastModified", part.LastModified)
                .Element("ETag", ETags.Quote(part.Content.ETag))
                .Element("Size", part.Content.Size);
            if (upload.ChecksumAlgorithm is not null && part.Content.Checksum is { } checksum)
                document.Element(ChecksumNames.Element(checksum.Algorithm), checksum.Value);
            document.Close("Part");
        }
        await request.RespondAsync(document);
    }
}
