using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>Lists objects, version 2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html</summary>
public static class ListObjectsV2
{
    public static async Task ExecuteAsync(S3Request request)
    {
        if (request.Query["list-type"] is var type and not "2")
        {
            throw new S3Exception(S3Errors.InvalidArgument, "Invalid List Type specified in Request",
                ("ArgumentName", "list-type"), ("ArgumentValue", type!));
        }
        var listing = Listing.Of(request);
        var prefix = request.Query["prefix"] ?? "";
        var delimiter = request.Query["delimiter"];
        var startAfter = request.Query["start-after"];
        var token = request.Query["continuation-token"];
        if (token is { Length: 0 })
            throw new S3Exception(S3Errors.InvalidArgument, "The continuation token provided is incorrect",
                ("ArgumentName", "continuation-token"), ("ArgumentValue", ""));
        var limit = request.Query.Number("max-keys", Listing.MaxKeys, least: 0, most: Listing.MaxKeys);
        var after = token is null ? startAfter : Token.Decode(token);
        var page = await request.Store.Objects.ListAsync(
            new ListRequest(request.Bucket.Id, prefix, delimiter, after, limit)
            {
                WithOwner = request.Query["fetch-owner"] == "true",
            },
            request.Cancel);

        var document = new XmlDocument("ListBucketResult")
            .Element("Name", request.Bucket.Name)
            .Element("Prefix", listing.Name(prefix))
            .Element("StartAfter", listing.Name(startAfter))
            .Element("ContinuationToken", token)
            .Element("NextContinuationToken", page.NextAfter is null ? null : Token.Encode(page.NextAfter))
            .Element("KeyCount", page.Objects.Count + page.CommonPrefixes.Count)
            .Element("MaxKeys", limit)
            .Element("Delimiter", string.IsNullOrEmpty(delimiter) ? null : listing.Name(delimiter))
            .Element("EncodingType", listing.EncodingType)
            .Element("IsTruncated", page.NextAfter is not null);
        await listing.WriteAsync(document, request, page);
        await request.RespondAsync(document);
    }
}
