using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

/// <summary>With CASSTORE_DOMAIN the host may name the bucket, and the whole path is the key.</summary>
public sealed class VirtualHostTests : IAsyncLifetime
{
    private const string Domain = "s3.example.test";
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync(
        await SharedCluster.GetAsync(), settings: new Dictionary<string, string> { ["CASSTORE_DOMAIN"] = Domain });

    public Task DisposeAsync()
    {
        _server?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_host_names_the_bucket()
    {
        (await SendAsync("PUT", "one", "/")).ShouldBe(200);
        (await SendAsync("PUT", "one", "/-/a//b?x-id=PutObject", "text")).ShouldBe(200);
        (await SendAsync("GET", "one", "/-/a//b")).ShouldBe(200).Text.ShouldBe("text");
        (await SendAsync("GET", null, "/one/-/a//b")).ShouldBe(200).Text.ShouldBe("text");
        (await SendAsync("GET", "ONE", "/?list-type=2&prefix=-/&delimiter=/")).Elements("Prefix")
            .ShouldBe(["-/", "-/a/"]);
        (await SendAsync("GET", "one", "/?location")).ShouldBe(200);
        (await SendAsync("GET", "none", "/")).ShouldBeError(404, "NoSuchBucket");
        (await SendAsync("DELETE", "one", "/-/a//b")).ShouldBe(204);
        (await SendAsync("DELETE", "one", "/")).ShouldBe(204);
    }

    [Fact]
    public async Task The_domain_itself_is_the_service_in_path_style()
    {
        (await SendAsync("PUT", null, "/dotted.name")).ShouldBe(200);
        (await SendAsync("PUT", "dotted.name", "/k", "x")).ShouldBe(200);
        (await SendAsync("GET", null, "/dotted.name/k")).ShouldBe(200).Text.ShouldBe("x");
        (await SendAsync("GET", null, "/")).Elements("Name").ShouldBe(["dotted.name"]);
    }

    [Fact]
    public async Task A_form_posted_to_the_host_names_its_bucket()
    {
        (await SendAsync("PUT", "forms", "/")).ShouldBe(200);
        var form = new FormPost().Field("key", "a/b").Condition("""{"bucket": "forms"}""").SignV4(ServerProcess.Root);
        (await new RawS3(_server.Endpoint, $"forms.{Domain}").SendAsync(form.To(""))).ShouldBe(204)
            .Header("Location").ShouldBe($"http://forms.{Domain}/a/b");
        (await SendAsync("GET", "forms", "/a/b")).ShouldBe(200).Text.ShouldBe("content");
    }

    private Task<RawResponse> SendAsync(string method, string? bucket, string target, string text = "") =>
        new RawS3(_server.Endpoint, bucket is null ? Domain : $"{bucket}.{Domain}").SendAsync(method, target, text);
}
