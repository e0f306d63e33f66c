using CasStore.Api.S3.Operations.Buckets;
using CasStore.Api.S3.Xml;
using CasStore.Projections.Uploads;

namespace CasStore.Api.S3.Operations.Multipart;

/// <summary>Lists open uploads. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html</summary>
public static class ListMultipartUploads
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var listing = Listing.Of(request);
        var query = request.Query;
        var limit = query.Number("max-uploads", Listing.MaxKeys, least: 0, most: Listing.MaxKeys);
        var delimiter = string.IsNullOrEmpty(query["delimiter"]) ? null : query["delimiter"];
        var keyMarker = string.IsNullOrEmpty(query["key-marker"]) ? null : query["key-marker"];
        // Without a key marker S3 passes an upload id marker over.
        var uploadIdMarker = keyMarker is null || query["upload-id-marker"] is not { Length: > 0 } id ? null : id;
        var page = await request.Store.Uploads.ListAsync(new ListUploadsRequest(
            request.Bucket.Id, query["prefix"] ?? "", delimiter, keyMarker, uploadIdMarker, limit), request.Cancel);

        var document = new XmlDocument("ListMultipartUploadsResult")
            .Element("Bucket", request.Bucket.Name)
            .Element("KeyMarker", listing.Name(keyMarker ?? ""))
            .Element("UploadIdMarker", uploadIdMarker ?? "")
            .Element("NextKeyMarker", listing.Name(page.NextKeyMarker ?? ""))
            .Element("NextUploadIdMarker", page.NextUploadIdMarker ?? "")
            .Element("Prefix", listing.Name(query["prefix"] ?? ""))
            .Element("Delimiter", listing.Name(delimiter))
            .Element("EncodingType", listing.EncodingType)
            .Element("MaxUploads", limit)
            .Element("IsTruncated", page.NextKeyMarker is not null);
        foreach (var upload in page.Uploads)
        {
            document.Open("Upload")
                .Element("Key", listing.Name(upload.Key))
                .Element("UploadId", upload.UploadId);
            await listing.WritePersonAsync(document, request, "Initiator", upload.Initiator);
            await listing.WritePersonAsync(document, request, "Owner", upload.Initiator);
            document.Element("StorageClass", upload.StorageClass ?? "STANDARD")
                .Element("Initiated", upload.StartedAt)
                .Element("ChecksumAlgorithm", upload.ChecksumAlgorithm)
                .Element("ChecksumType", upload.ChecksumType)
                .Close("Upload");
        }
        listing.WritePrefixes(document, page.CommonPrefixes);
        await request.RespondAsync(document);
    }
}
