using System.Globalization;
using System.Text.RegularExpressions;
using CasStore.Tests.Integration.Harness;
using Npgsql;

namespace CasStore.Tests.Integration.Log;

/// <summary>The log in the database, as a server leaves it.</summary>
public sealed partial class LogTests
{
    [Fact]
    public async Task Servers_that_start_at_once_migrate_one_database_together()
    {
        var cluster = await SharedCluster.GetAsync();
        var database = await cluster.CreateDatabaseAsync();
        var servers = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => ServerProcess.StartNewAsync(cluster, database: database)));
        try
        {
            foreach (var (server, n) in servers.Select((server, n) => (server, n)))
                (await new RawS3(server.Endpoint).PutAsync($"/bucket-{n}")).ShouldBe(200);
            // Strong reads across processes: each sees at once what the others wrote.
            foreach (var server in servers)
            {
                (await new RawS3(server.Endpoint).GetAsync("/")).Elements("Name")
                    .ShouldBe(["bucket-0", "bucket-1", "bucket-2", "bucket-3"]);
            }
            (await EventLog.ReadAsync(servers[0])).ShouldBeGapless();
        }
        finally
        {
            foreach (var server in servers)
                server.Dispose();
        }
    }

    [Fact]
    public async Task Several_servers_append_one_gapless_log()
    {
        var cluster = await SharedCluster.GetAsync();
        var database = await cluster.CreateDatabaseAsync();
        using var one = await ServerProcess.StartNewAsync(cluster, database: database);
        using var two = await ServerProcess.StartNewAsync(cluster, database: database);
        RawS3[] raws = [new(one.Endpoint), new(two.Endpoint)];
        (await raws[0].PutAsync("/shared")).ShouldBe(200);
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, _) => (await raws[n % 2].PutAsync($"/shared/key{n % 20}", $"content {n}")).ShouldBe(200));
        var log = await EventLog.ReadAsync(one);
        log.ShouldBeGapless();
        log.Count(e => e.Type == "ObjectCreated").ShouldBe(200);
        var winners = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
            raws[n % 2].PutAsync("/shared/once", $"{n}", ("If-None-Match", "*"))));
        winners.Count(w => w.Status == 200).ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_keeps_buckets_objects_users_and_uploads()
    {
        using var server = await ServerProcess.StartNewAsync(await SharedCluster.GetAsync());
        var raw = new RawS3(server.Endpoint);
        var user = await Users.AddAsync(server);
        await raw.SendAsync(new RawRequest("PUT", "/bucket") { Who = user.Credentials });
        await raw.SendAsync(new RawRequest("PUT", "/bucket/key") { Who = user.Credentials, Text = "content" });
        var upload = (await raw.SendAsync(new RawRequest("POST", "/bucket/big?uploads") { Who = user.Credentials }))
            .ShouldBe(200).Element("UploadId")!;
        server.Terminate();
        (await server.WaitForExitAsync(TimeSpan.FromSeconds(10))).ShouldBe(0);
        await server.StartAsync();
        (await raw.GetAsync("/bucket/key", user.Credentials)).ShouldBe(200).Text.ShouldBe("content");
        (await raw.GetAsync("/bucket?uploads", user.Credentials)).ShouldBe(200).Element("UploadId").ShouldBe(upload);
    }

    [Fact]
    public async Task Concurrent_puts_are_committed_in_groups()
    {
        using var server = await ServerProcess.StartNewAsync(await SharedCluster.GetAsync());
        var raw = new RawS3(server.Endpoint);
        (await raw.PutAsync("/bucket")).ShouldBe(200);
        var (batchesBefore, commandsBefore) = await BatchesAsync(raw);
        await Parallel.ForEachAsync(Enumerable.Range(0, 640), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (n, _) => (await raw.PutAsync($"/bucket/key{n}", $"{n}")).ShouldBe(200));
        var (batches, commands) = await BatchesAsync(raw);
        (commands - commandsBefore).ShouldBe(640);
        (batches - batchesBefore).ShouldBeLessThan(commands - commandsBefore);
    }

    [Fact]
    public async Task Every_event_has_what_tamper_evidence_needs()
    {
        var server = await SharedStore.GetAsync();
        var raw = new RawS3(server.Endpoint);
        (await raw.PutAsync($"/{StoreTests.UniqueName()}")).ShouldBe(200);
        var log = await EventLog.ReadAsync(server);
        log.ShouldNotBeEmpty();
        log.ShouldAllBe(e => e.DigestLength == 32);
        log.ShouldAllBe(e => e.SaltLength >= 16);
    }

    [Fact]
    public async Task The_readable_view_shows_payloads_as_json()
    {
        var server = await SharedStore.GetAsync();
        var name = StoreTests.UniqueName();
        (await new RawS3(server.Endpoint).PutAsync($"/{name}")).ShouldBe(200);
        await using var connection = await server.OpenDatabaseAsync();
        await using var select = new NpgsqlCommand(
            "select count(*) from casstore.events_readable where payload ->> 'name' = $1", connection)
        {
            Parameters = { new() { Value = name } },
        };
        (await select.ExecuteScalarAsync()).ShouldBe(1L);
    }

    private static async Task<(double Batches, double Commands)> BatchesAsync(RawS3 raw)
    {
        var text = (await raw.SendAsync(new RawRequest("GET", "/-/metrics") { Who = null })).Text;
        return (Value(text, "casstore_append_batch_size_count"), Value(text, "casstore_append_batch_size_sum"));
    }

    private static double Value(string metrics, string name)
    {
        var line = Sample().Matches(metrics).FirstOrDefault(m => m.Groups["name"].Value == name);
        line.ShouldNotBeNull($"{name} in\n{metrics}");
        return double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<name>\w+)(\{[^}]*\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
