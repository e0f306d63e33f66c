using CasStore.Api.S3.Routing;

namespace CasStore.Api.S3.Website;

/// <summary>Hosts of buckets' websites: those of AWS, with the store's domain in place of amazonaws.com.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html</remarks>
public static class WebsiteHost
{
    private const string Service = ".s3-website";

    /// <summary>The bucket whose website a host is, or null.</summary>
    /// <param name="host">Host header without port.</param>
    /// <param name="domain">Domain of the store, or null when it has none.</param>
    /// <param name="region">Region of the store.</param>
    public static string? Bucket(string host, string? domain, string region) =>
        RequestTarget.VirtualHost(host, domain) is { } name
            ? Before(name, Service) ?? Before(name, $"{Service}-{region}") ?? Before(name, $"{Service}.{region}")
            : null;

    private static string? Before(string name, string end) =>
        name.Length > end.Length && name.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? name[..^end.Length] : null;
}
