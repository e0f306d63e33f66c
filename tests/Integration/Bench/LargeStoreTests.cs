using System.Text.Json;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Bench;

/// <summary>The benchmarks of large stores run, at sizes that take a moment; times are of no matter.</summary>
public sealed class LargeStoreTests
{
    [Fact]
    public async Task Listings_are_walked_whole()
    {
        var report = await RunAsync("list --keys 2000 --rounds 1");
        report.GetProperty("errors").GetInt32().ShouldBe(0);
        report.GetProperty("sizes").EnumerateArray().Select(row => row.GetProperty("keys").GetInt32())
            .ShouldBe([20, 200, 2000]);
        report.GetProperty("walks").EnumerateArray()
            .Select(row => (row.GetProperty("listing").GetString(), row.GetProperty("entries").GetInt64()))
            .ShouldBe(
                [("objects", 2000), ("objects", 2000), ("common prefixes", 200), ("versions", 660), ("uploads", 20)]);
    }

    [Fact]
    public async Task A_store_grows_and_a_key_is_overwritten()
    {
        var report = await RunAsync("scale --objects 200 --overwrites 10 --rounds 1");
        report.GetProperty("errors").GetInt32().ShouldBe(0);
        report.GetProperty("objects").EnumerateArray().Select(row => row.GetProperty("objects").GetInt64())
            .ShouldBe([200]);
        report.GetProperty("depths").EnumerateArray().Select(row => row.GetProperty("overwrites").GetInt32())
            .ShouldBe([1, 10]);
    }

    private static async Task<JsonElement> RunAsync(string arguments)
    {
        using var folder = new TemporaryDirectory();
        var output = await ChildProcess.RunAsync(
            [.. Repository.BenchCommand, .. arguments.Split(' '), "--json", "--directory", folder.Path]);
        // The store's messages come before it.
        using var report = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return report.RootElement.Clone();
    }
}
