using System.Text.Json;
using System.Xml.Linq;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Bench;

/// <summary>The benchmarks still run: each suite for a moment. How fast anything was is of no matter here.</summary>
public sealed class BenchTests : StoreTests
{
    private const string Short = "--seconds 0.2 --warm-up 0.05";

    [Theory]
    [InlineData("small --connections 1,4 --size 1KiB " + Short, "PUT GET HEAD LIST mixed DELETE")]
    [InlineData("large --connections 2 --size 1MiB --payload unsigned " + Short, "PUT GET")]
    [InlineData("connections --connections 1,40 --threads 2 " + Short, "PUT GET")]
    [InlineData(
        "multipart --part-size 5MiB --parts 2 --connections 2 " + Short, "object@in@parts part@PUT complete GET")]
    [InlineData(
        "overwrite --keys 5 --connections 4 " + Short,
        "PUT@new PUT@over GET PUT@new,@versioned PUT@over,@versioned GET,@versioned")]
    [InlineData("dedup --connections 2 --size 4KiB " + Short, "PUT@new PUT@again")]
    public async Task Suites_load_an_endpoint(string arguments, string operations)
    {
        var rows = await RunAsync(arguments, drives: true);
        rows.Select(row => row.GetProperty("operation").GetString()).Distinct()
            .ShouldBe(operations.Split(' ').Select(operation => operation.Replace('@', ' ')));
        foreach (var row in rows)
        {
            row.GetProperty("requests").GetInt64().ShouldBePositive(row.ToString());
            row.GetProperty("errors").GetInt64().ShouldBe(0, row.ToString());
        }
        rows[0].GetProperty("serverMicroseconds").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task Memory_is_read_of_the_processes_that_are_told()
    {
        var rows = await RunAsync("memory --size-mb 1 --parallel 2 --idle-connections 20", drives: true);
        rows.Count.ShouldBe(4);
        rows.ShouldAllBe(row => row.GetProperty("residentMb").GetDouble() > 0
            && row.GetProperty("errors").GetInt64() == 0);
    }

    [Fact]
    public async Task Startup_starts_stores_of_its_own() =>
        (await RunAsync("startup --times 1", drives: false)).Count.ShouldBe(3);

    [Fact]
    public async Task Errors_are_counted_told_and_make_it_fail()
    {
        var output = await ChildProcess.RunAsync(
            [.. Command("small --connections 1 --requests put " + Short), .. Endpoint("wrong")], exitCode: 1);
        output.ShouldContain("SignatureDoesNotMatch");
    }

    private async Task<List<JsonElement>> RunAsync(string arguments, bool drives)
    {
        using var folder = new TemporaryDirectory();
        var (json, svg) = (folder.File("report.json"), folder.File("report.svg"));
        string[] target = drives ? Endpoint(ServerProcess.Root.SecretKey) : ["--directory", folder.Path];
        await ChildProcess.RunAsync([.. Command(arguments), .. target, "--json", json, "--svg", svg]);
        XDocument.Load(svg).Root!.Name.LocalName.ShouldBe("svg");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        return report.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.Clone()).ToList();
    }

    private string[] Endpoint(string secretKey) =>
    [
        "--endpoint", Server.Endpoint.ToString(), "--access-key", ServerProcess.Root.AccessKey,
        "--secret-key", secretKey, "--process-id", $"{Server.ProcessId}",
    ];

    private static string[] Command(string arguments) => [.. Repository.BenchCommand, .. arguments.Split(' ')];
}
