using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

/// <summary>Tests with a PostgreSQL and a server of their own, which they may break.</summary>
public abstract class FaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    internal const string Bucket = "faults";

    internal PostgresCluster Cluster { get; private set; } = null!;

    internal ServerProcess Server { get; private set; } = null!;

    internal RawS3 Raw { get; private set; } = null!;

    protected int RandomSeed { get; } = Seed.Choose(output);

    public virtual async Task InitializeAsync()
    {
        Cluster = await PostgresCluster.StartNewAsync();
        Server = await StartServerAsync();
        Raw = new RawS3(Server.Endpoint);
        (await Raw.PutAsync($"/{Bucket}")).ShouldBe(200);
    }

    public virtual Task DisposeAsync()
    {
        Server?.Dispose();
        Cluster?.Dispose();
        return Task.CompletedTask;
    }

    internal virtual Task<ServerProcess> StartServerAsync() => ServerProcess.StartNewAsync(Cluster);

    /// <summary>Fails when anything but the lock is left in the staging directory.</summary>
    protected void StagingShouldBeEmpty() => StagingFiles().ShouldBeEmpty("leftovers are removed");

    protected IReadOnlyList<string> StagingFiles() => Directory
        .EnumerateFiles(Path.Combine(Server.DataDirectory, "staging"), "*", SearchOption.AllDirectories)
        .Select(file => Path.GetFileName(file))
        .Where(name => !name.StartsWith('.'))
        .ToList();
}
