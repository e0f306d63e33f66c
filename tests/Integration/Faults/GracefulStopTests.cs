using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

public sealed class GracefulStopTests(ITestOutputHelper output) : FaultTests(output)
{
    // The promise is 3 s; a loaded machine gets more.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Stops_under_load_with_a_slow_upload_in_flight()
    {
        var workload = new Workload(Raw, Bucket, RandomSeed);
        using var stop = new CancellationTokenSource();
        var load = workload.RunAsync(stop.Token);
        using var slow = await Raw.BeginAsync(
            new RawRequest("PUT", $"/{Bucket}/slow") { PayloadHash = SignatureV4.UnsignedPayload },
            contentLength: 100_000_000);
        await slow.WriteAsync(new byte[1_000_000]);
        await workload.WaitForProgressAsync(50);
        Server.Terminate();
        (await Server.WaitForExitAsync(Limit)).ShouldBe(0, Server.Output);
        await stop.CancelAsync();
        await load;
        await Server.StartAsync();
        StagingShouldBeEmpty();
        (await Raw.GetAsync($"/{Bucket}/slow")).ShouldBeError(404, "NoSuchKey");
        await workload.VerifyAsync(Server);
    }

    [Fact]
    public async Task A_request_in_flight_is_finished()
    {
        using var upload = await Raw.BeginAsync(
            new RawRequest("PUT", $"/{Bucket}/key") { PayloadHash = SignatureV4.UnsignedPayload }, contentLength: 10);
        await upload.WriteAsync("01234");
        for (var wait = 0; wait < 20 && StagingFiles().Count == 0; wait++)
            await Task.Delay(10);
        Server.Terminate();
        await Task.Delay(300);
        await upload.WriteAsync("56789");
        (await upload.ReadResponseAsync()).ShouldNotBeNull().ShouldBe(200);
        (await Server.WaitForExitAsync(Limit)).ShouldBe(0, Server.Output);
        await Server.StartAsync();
        (await Raw.GetAsync($"/{Bucket}/key")).ShouldBe(200).Text.ShouldBe("0123456789");
    }

    [Fact]
    public async Task An_idle_server_stops()
    {
        Server.Terminate();
        (await Server.WaitForExitAsync(Limit)).ShouldBe(0, Server.Output);
    }
}
