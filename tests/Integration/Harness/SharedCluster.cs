namespace CasStore.Tests.Integration.Harness;

/// <summary>One PostgreSQL for every test that leaves it running.</summary>
internal static class SharedCluster
{
    private static readonly Task<PostgresCluster> Starting = PostgresCluster.StartNewAsync();

    public static Task<PostgresCluster> GetAsync() => Starting;
}
