using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Packs;

/// <summary><c>bench packs</c>.</summary>
internal static class PacksCommand
{
    public static Command Create()
    {
        var seconds = BenchOptions.Positive("--seconds", 3, "How long each number of callers seals");
        var size = BenchOptions.Positive("--size", 4096, "Bytes in a blob (8 to 65536)");
        var blobs = BenchOptions.Positive("--blobs", 1_000_000, "Packed blobs whose memory is measured");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("packs", "Blobs made durable in files and in packs; no store is started")
        {
            seconds, size, blobs, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var benchmark = new PacksBenchmark(
                [1, 32, 128], TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Math.Clamp(parsed.GetValue(size), sizeof(long), 65_536), parsed.GetValue(blobs),
                parsed.GetRequiredValue(directory));
            var report = await benchmark.RunAsync(cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.PacksReport);
            else
                Print(report);
            return 0;
        });
        return command;
    }

    private static void Print(PacksReport report)
    {
        Console.Out.WriteLine(Text($"{report.BlobBytes} bytes a blob; {report.Processors} processors"));
        TextTable.Write(
            ["callers", "files/s", "p50 ms", "p99 ms", "packs/s", "p50 ms", "p99 ms", "ratio"],
            [.. report.Rows.Select(row => (IReadOnlyList<string>)
            [
                Text($"{row.Callers}"),
                Text($"{row.Files.PerSecond:N0}"), Text($"{row.Files.P50Ms:N2}"), Text($"{row.Files.P99Ms:N2}"),
                Text($"{row.Packs.PerSecond:N0}"), Text($"{row.Packs.P50Ms:N2}"), Text($"{row.Packs.P99Ms:N2}"),
                Text($"{row.Ratio:N1}"),
            ])]);
        var memory = report.Memory;
        Console.Out.WriteLine(Text(
            $"{memory.Blobs:N0} packed blobs: {memory.HeapMb:N1} MB of heap, opened in {memory.OpenMs:N0} ms"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
