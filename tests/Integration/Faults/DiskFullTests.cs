using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

public sealed class DiskFullTests(ITestOutputHelper output) : FaultTests(output)
{
    private const int Small = 50_000, Large = 4 * 1024 * 1024;
    private SmallDisk? _disk;

    public override async Task InitializeAsync()
    {
        _disk = await SmallDisk.MakeAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _disk!.UnmountAsync();
        _disk.Dispose();
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_and_keeps_what_is_there()
    {
        var kept = await FillAsync();
        foreach (var (key, content) in kept)
            await ShouldHoldAsync(key, content);
        (await Raw.GetAsync($"/{Bucket}?list-type=2")).ShouldBe(200)
            .Elements("Key").ShouldBe(kept.Keys, ignoreOrder: true);
        StagingShouldBeEmpty();
        (await EventLog.ReadAsync(Server)).ShouldBeGapless();
    }

    [Fact]
    public async Task Writes_work_again_when_there_is_room()
    {
        await FillAsync();
        await _disk!.MakeRoomAsync(Server);
        await Server.WaitUntilReadyAsync();
        var content = TestData.Bytes(Large, seed: 77);
        (await Raw.SendAsync(new RawRequest("PUT", $"/{Bucket}/after") { Body = content })).ShouldBe(200);
        await ShouldHoldAsync("after", content);
    }

    [Fact]
    public async Task A_server_killed_on_a_full_disk_starts_again_when_there_is_room()
    {
        var kept = await FillAsync();
        await Server.KillAsync();
        await _disk!.MakeRoomAsync(Server);
        await Server.StartAsync();
        foreach (var (key, content) in kept)
            await ShouldHoldAsync(key, content);
        StagingShouldBeEmpty();
    }

    [Fact]
    public async Task Small_objects_are_refused_whole_kept_whole_and_taken_again()
    {
        var kept = await FillWithSmallAsync();
        await ShouldHoldSmallAsync(kept);
        await _disk!.MakeRoomAsync(Server);
        await Server.WaitUntilReadyAsync();
        for (var n = 10_000; n < 10_020; n++)
        {
            (await PutSmallAsync(n)).ShouldBe(200);
            kept.Add(n);
        }
        await Server.KillAsync();
        await Server.StartAsync();
        await ShouldHoldSmallAsync(kept);
        (await Raw.GetAsync($"/{Bucket}?list-type=2&max-keys=1000")).ShouldBe(200).Elements("Key").Count
            .ShouldBe(kept.Count);
    }

    internal override Task<ServerProcess> StartServerAsync() =>
        ServerProcess.StartNewAsync(Cluster, _disk!.Path, wrapper: _disk.Wrapper);

    /// <summary>Puts small and large objects until the disk has refused some; returns what was acknowledged.</summary>
    private async Task<Dictionary<string, byte[]>> FillAsync()
    {
        var kept = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var refused = 0;
        for (var n = 0; n < 12; n++)
        {
            var content = TestData.Bytes(n % 2 == 0 ? Small : Large, seed: n);
            var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{Bucket}/key{n}") { Body = content });
            if (answer.Status == 200)
            {
                kept.Add($"key{n}", content);
                continue;
            }
            refused++;
            answer.Status.ShouldBeOneOf([500, 503, 507], answer.Text);
            answer.Element("Code").ShouldNotBeNullOrEmpty();
        }
        refused.ShouldBeGreaterThan(0);
        kept.ShouldNotBeEmpty();
        return kept;
    }

    private async Task<List<int>> FillWithSmallAsync()
    {
        var kept = new List<int>();
        for (var (n, refused) = (0, 0); refused < 5; n++)
        {
            n.ShouldBeLessThan(900, "the disk should be full");
            var answer = await PutSmallAsync(n);
            if (answer.Status == 200)
            {
                kept.Add(n);
                continue;
            }
            refused++;
            answer.Status.ShouldBeOneOf([500, 503, 507], answer.Text);
        }
        kept.ShouldNotBeEmpty();
        return kept;
    }

    private Task<RawResponse> PutSmallAsync(int n) => Raw.SendAsync(
        new RawRequest("PUT", $"/{Bucket}/small{n}") { Body = TestData.Bytes(Small, seed: n) });

    private async Task ShouldHoldSmallAsync(IEnumerable<int> kept)
    {
        foreach (var n in kept)
            await ShouldHoldAsync($"small{n}", TestData.Bytes(Small, seed: n));
    }

    private async Task ShouldHoldAsync(string key, byte[] content) =>
        (await Raw.GetAsync($"/{Bucket}/{key}")).ShouldBe(200).Body.AsSpan().SequenceEqual(content).ShouldBeTrue(key);
}
