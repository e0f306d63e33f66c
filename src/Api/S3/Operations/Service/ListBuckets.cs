using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Operations.Service;

/// <summary>
/// Lists the buckets that the principal owns. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
/// </summary>
public static class ListBuckets
{
    private const int MaxBuckets = 10_000;
    private static readonly string[] Parameters = ["max-buckets", "prefix", "bucket-region", "continuation-token"];

    public static async Task ExecuteAsync(S3Request request)
    {
        var limit = request.Query.Number("max-buckets", MaxBuckets, least: 1, most: int.MaxValue);
        if (limit > MaxBuckets)
        {
            throw new S3Exception(
                S3Errors.InvalidArgument, $"Argument max-buckets must be an integer between 1 and {MaxBuckets}",
                ("ArgumentName", "max-buckets"), ("ArgumentValue", request.Query["max-buckets"]!));
        }
        var prefix = request.Query["prefix"];
        var region = request.Query["bucket-region"];
        var after = request.Query["continuation-token"] is { Length: > 0 } token ? Token.Decode(token) : "";
        // Clients that send no parameter are as old as the answer without regions.
        var withRegion = Array.Exists(Parameters, request.Query.Has);
        var owned = (await request.Store.Buckets.ListAsync(request.Principal.UserId, request.Cancel))
            .Where(bucket => bucket.Name.StartsWith(prefix ?? "", StringComparison.Ordinal))
            .Where(bucket => string.CompareOrdinal(bucket.Name, after) > 0)
            .Where(bucket => region is null || bucket.Region == region)
            .ToList();
        var document = new XmlDocument("ListAllMyBucketsResult")
            .Open("Owner")
            .Element("ID", request.Principal.UserId)
            .Element("DisplayName", request.Principal.DisplayName)
            .Close("Owner")
            .Open("Buckets");
        foreach (var bucket in owned.Take(limit))
        {
            document.Open("Bucket")
                .Element("Name", bucket.Name)
                .Element("CreationDate", bucket.CreatedAt)
                .Element("BucketRegion", withRegion ? bucket.Region : null)
                .Close("Bucket");
        }
        document.Close("Buckets").Element("Prefix", prefix);
        if (owned.Count > limit)
            document.Element("ContinuationToken", Token.Encode(owned[limit - 1].Name));
        await request.RespondAsync(document);
    }
}
