using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Website;

/// <summary>A server with a domain, shared by the tests of websites.</summary>
public sealed class WebsiteServer : IAsyncLifetime
{
    private const string Domain = "s3.example.test";
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync(
        await SharedCluster.GetAsync(), settings: new Dictionary<string, string> { ["CASSTORE_DOMAIN"] = Domain });

    public Task DisposeAsync()
    {
        _server?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Requests of root to the API, in path style.</summary>
    internal RawS3 Api => new(_server.Endpoint);

    /// <summary>The host of a bucket's website.</summary>
    internal static string Host(string bucket, string service = "s3-website") => $"{bucket}.{service}.{Domain}";

    /// <summary>Makes a bucket with a website whose objects anybody may read, and list when told so.</summary>
    internal async Task<string> NewSiteAsync(string configuration, bool listed = false)
    {
        var bucket = StoreTests.UniqueName();
        (await Api.PutAsync($"/{bucket}")).ShouldBe(200);
        (await Api.SendAsync("DELETE", $"/{bucket}?publicAccessBlock")).ShouldBe(204);
        await AllowAsync(bucket, "s3:GetObject", "/open*", "/index.html", "/folder*", "/error*", "/sent*", "//*");
        if (listed)
            await AllowAsync(bucket, "s3:*", "", "/*");
        (await Api.PutAsync($"/{bucket}?website",
            $"<WebsiteConfiguration xmlns=\"{Namespace}\">{configuration}</WebsiteConfiguration>")).ShouldBe(200);
        return bucket;
    }

    /// <summary>Puts an object.</summary>
    internal async Task PutAsync(
        string bucket, string key, string text, params (string Name, string Value)[] headers) =>
        (await Api.PutAsync($"/{bucket}/{key}", text, headers)).ShouldBe(200);

    /// <summary>Asks a bucket's website, unsigned.</summary>
    internal Task<RawResponse> VisitAsync(
        string bucket, string path, string method = "GET", params (string Name, string Value)[] headers) =>
        new RawS3(_server.Endpoint, Host(bucket)).SendAsync(new RawRequest(method, path)
        {
            Who = null,
            Headers = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase),
        });

    /// <summary>Asks under a host of one's own choice, unsigned.</summary>
    internal Task<RawResponse> VisitHostAsync(string host, string path) =>
        new RawS3(_server.Endpoint, host).SendAsync(new RawRequest("GET", path) { Who = null });

    private async Task AllowAsync(string bucket, string action, params string[] ends)
    {
        var resources = string.Join(',', ends.Select(end => $"\"arn:aws:s3:::{bucket}{end}\""));
        (await Api.PutAsync($"/{bucket}?policy", $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"{{action}}",
             "Resource":[{{resources}}]}]}
            """)).ShouldBe(204);
    }
}
