using System.Text.Json;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

/// <summary>Health, metrics, request ids.</summary>
public sealed class ServicePageTests : StoreTests
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    [Theory]
    [InlineData("/-/health/live")]
    [InlineData("/-/health/ready")]
    [InlineData("/-/metrics")]
    public async Task Pages_need_no_credentials(string page) =>
        (await Raw.SendAsync(new RawRequest("GET", page) { Who = null })).Status.ShouldBe(200);

    [Fact]
    public async Task Metrics_count_operations_and_bytes()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        var text = (await Raw.SendAsync(new RawRequest("GET", "/-/metrics") { Who = null })).Text;
        text.ShouldContain("casstore_");
        text.ShouldContain("# TYPE ");
        text.ShouldContain("casstore_append_batch_size");
        text.ShouldContain("casstore_append_commit_seconds");
        text.ShouldContain("casstore_append_queue_depth");
        text.ShouldContain("PutObject");
    }

    [Fact]
    public async Task Every_answer_has_its_own_request_id()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
            ids.Add((await Raw.GetAsync("/")).ShouldBe(200).Header("x-amz-request-id")!).ShouldBeTrue();
    }

    [Fact]
    public async Task The_request_id_is_the_command_id_in_the_log()
    {
        var bucket = await NewBucketAsync();
        var id = (await Raw.PutAsync($"/{bucket}/key", "x")).Header("x-amz-request-id")!;
        var commandId = id.Contains('-', StringComparison.Ordinal) ? Guid.Parse(id) : Guid.ParseExact(id, "N");
        var logged = (await EventLog.ReadAsync(Server)).Where(e => e.CommandId == commandId).ShouldHaveSingleItem();
        logged.Type.ShouldBe("ObjectCreated");
        logged.SourceAddress.ShouldBe("127.0.0.1");
        logged.Actor.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task The_access_log_tells_of_each_request()
    {
        var id = (await Raw.GetAsync($"/{UniqueName()}/key")).ShouldBe(404).Header("x-amz-request-id")!;
        var file = Path.Combine(Server.DataDirectory, "logs", "access.jsonl");
        string? line = null;
        for (var wait = 0; wait < 200 && line is null; wait++)
        {
            await Task.Delay(25);
            line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.Contains(id, IgnoreCase)) : null;
        }
        var entry = JsonDocument.Parse(line.ShouldNotBeNull()).RootElement;
        entry.GetProperty("status").GetInt32().ShouldBe(404);
        entry.GetProperty("operation").GetString().ShouldBe("GetObject");
        entry.GetProperty("error").GetString().ShouldBe("NoSuchBucket");
        entry.GetProperty("accessKey").GetString().ShouldBe(ServerProcess.Root.AccessKey);
    }
}
