namespace CasStore.Tests.Integration.Harness;

/// <summary>One PostgreSQL for every test that leaves it running.</summary>
internal static class SharedCluster
{
    private static readonly Task<PostgresCluster> Starting = StartAsync();

    public static Task<PostgresCluster> GetAsync() => Starting;

    private static async Task<PostgresCluster> StartAsync()
    {
        var cluster = await PostgresCluster.StartNewAsync();
        StoreTestFramework.DisposeAfterTests(cluster);
        return cluster;
    }
}
