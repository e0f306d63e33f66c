using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

public sealed class LostConnectionTests(ITestOutputHelper output) : FaultTests(output)
{
    [Fact]
    public async Task Lost_database_connections_neither_lose_nor_double_a_write()
    {
        var workload = new Workload(Raw, Bucket, RandomSeed);
        using var stop = new CancellationTokenSource();
        var load = workload.RunAsync(stop.Token);
        for (var round = 0; round < 5; round++)
        {
            await workload.WaitForProgressAsync((round + 1) * 50);
            await Cluster.TerminateBackendsAsync(Server.Postgres);
        }
        await workload.WaitForProgressAsync(300);
        await stop.CancelAsync();
        await load;
        await Server.WaitUntilReadyAsync();
        await workload.VerifyAsync(Server);
    }

    [Fact]
    public async Task Without_a_database_the_answer_is_503_and_readiness_says_so()
    {
        (await Raw.PutAsync($"/{Bucket}/before", "x")).ShouldBe(200);
        await Cluster.KillAsync();
        (await Raw.PutAsync($"/{Bucket}/during", "x")).ShouldBeError(503, "ServiceUnavailable");
        (await Raw.GetAsync($"/{Bucket}/before")).Status.ShouldBe(503);
        // What was found a moment ago holds for a second.
        for (var wait = 0; wait < 100 && await Server.IsReadyAsync(); wait++)
            await Task.Delay(50);
        (await Server.IsReadyAsync()).ShouldBeFalse();
        await Cluster.StartAsync();
        await Server.WaitUntilReadyAsync();
        (await Raw.GetAsync($"/{Bucket}/before")).ShouldBe(200);
        (await Raw.PutAsync($"/{Bucket}/after", "x")).ShouldBe(200);
        (await Raw.GetAsync($"/{Bucket}/during")).ShouldBeError(404, "NoSuchKey");
    }
}
