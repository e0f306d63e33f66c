using System.Globalization;
using BenchmarkDotNet.Attributes;
using CasStore.Api.S3;
using CasStore.Api.S3.Access;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Operations.Buckets;
using CasStore.Api.S3.Routing;
using CasStore.Api.S3.Xml;
using CasStore.Projections.Objects;
using Microsoft.AspNetCore.Http;

namespace CasStore.Micro;

/// <summary>The XML of a full page of ListObjectsV2.</summary>
public class ListingBenchmarks
{
    private readonly S3Request _request = new()
    {
        Http = new DefaultHttpContext(),
        RequestId = Guid.Empty,
        Target = RequestTarget.Parse("/photos?list-type=2", "127.0.0.1", domain: null),
        Principal = Principal.Anonymous,
        Claim = Claim.Anonymous.Instance,
        Scope = null,
        Region = "us-east-1",
        // Writing a page asks nothing of these.
        Access = null!,
        Store = null!,
        Blobs = null!,
    };

    private readonly ListPage _page = new(
        [.. Enumerable.Range(0, Listing.MaxKeys).Select(number => new ListedObject(
            string.Create(CultureInfo.InvariantCulture, $"2026/11/{number:D9}.jpg"), 4096,
            "9e107d9d372bb6826bd81d3542a419d6", DateTimeOffset.UnixEpoch.AddDays(20_000), Owner: null,
            StorageClass: null, "CRC64NVME", "FULL_OBJECT"))],
        [], "2026/11/000001000.jpg");

    [Benchmark]
    public async Task<int> Write1000KeysAsync()
    {
        var document = new XmlDocument("ListBucketResult");
        await Listing.Of(_request).WriteAsync(document, _request, _page);
        var length = document.Finish().Length;
        document.Release();
        return length;
    }
}
