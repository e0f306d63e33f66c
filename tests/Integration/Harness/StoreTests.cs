using Amazon.S3;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Tests on the shared server. Each test makes the buckets that it uses.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private AmazonS3Client? _s3;

    internal ServerProcess Server { get; private set; } = null!;

    internal RawS3 Raw { get; private set; } = null!;

    internal IAmazonS3 S3 => _s3!;

    public virtual async Task InitializeAsync()
    {
        Server = await SharedStore.GetAsync();
        Raw = new RawS3(Server.Endpoint);
        _s3 = S3Clients.Create(Server.Endpoint, ServerProcess.Root);
    }

    public virtual Task DisposeAsync()
    {
        _s3?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>A bucket name that no other test uses.</summary>
    internal static string UniqueName(string prefix = "t") => $"{prefix}-{Guid.NewGuid():n}"[..30];

    /// <summary>Makes a bucket of root.</summary>
    internal async Task<string> NewBucketAsync()
    {
        var name = UniqueName();
        (await Raw.PutAsync($"/{name}")).ShouldBe(200);
        return name;
    }
}
