using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

/// <summary>kill -9 under load, at random points, again and again.</summary>
public sealed class CrashTests(ITestOutputHelper output) : FaultTests(output)
{
    private const int Rounds = 4;

    [Fact]
    public async Task Killing_the_api_loses_nothing_acknowledged()
    {
        var random = new Random(RandomSeed);
        var workload = new Workload(Raw, Bucket, RandomSeed);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = workload.RunAsync(stop.Token);
            await workload.WaitForProgressAsync(20 + random.Next(150));
            await Server.KillAsync();
            await stop.CancelAsync();
            await load;
            await Server.StartAsync();
            StagingShouldBeEmpty();
            await workload.VerifyAsync(Server);
        }
    }

    [Fact]
    public async Task Killing_PostgreSQL_loses_nothing_acknowledged()
    {
        var random = new Random(RandomSeed);
        var workload = new Workload(Raw, Bucket, RandomSeed);
        for (var round = 0; round < Rounds; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = workload.RunAsync(stop.Token);
            await workload.WaitForProgressAsync(20 + random.Next(150));
            await Cluster.KillAsync();
            await Task.Delay(random.Next(200));
            await Cluster.StartAsync();
            await Server.WaitUntilReadyAsync();
            await stop.CancelAsync();
            await load;
            await workload.VerifyAsync(Server);
        }
        StagingShouldBeEmpty();
    }

    [Fact]
    public async Task Killing_both_loses_nothing_acknowledged()
    {
        var workload = new Workload(Raw, Bucket, RandomSeed);
        for (var round = 0; round < 2; round++)
        {
            using var stop = new CancellationTokenSource();
            var load = workload.RunAsync(stop.Token);
            await workload.WaitForProgressAsync(60);
            await Task.WhenAll(Cluster.KillAsync(), Server.KillAsync());
            await stop.CancelAsync();
            await load;
            await Cluster.StartAsync();
            await Server.StartAsync();
            StagingShouldBeEmpty();
            await workload.VerifyAsync(Server);
        }
    }
}
