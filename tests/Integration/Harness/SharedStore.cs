namespace CasStore.Tests.Integration.Harness;

/// <summary>One server for every test that leaves it running; tests use buckets of their own.</summary>
internal static class SharedStore
{
    private static readonly Task<ServerProcess> Starting = StartAsync();

    public static Task<ServerProcess> GetAsync() => Starting;

    private static async Task<ServerProcess> StartAsync() =>
        await ServerProcess.StartNewAsync(await SharedCluster.GetAsync());
}
