using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Small;

/// <summary><c>bench small</c>.</summary>
internal static class SmallCommand
{
    public static Command Create()
    {
        var connections = new Option<string>("--connections")
        {
            Description = "Numbers of connections, one run for each",
            DefaultValueFactory = _ => "1,32",
        };
        connections.Validators.Add(result =>
        {
            if (Parse(result.GetValueOrDefault<string>()).Any(count => count < 1))
                result.AddError("--connections takes whole numbers of at least 1, separated by commas.");
        });
        var seconds = BenchOptions.Positive("--seconds", 5, "How long each kind of request is sent");
        var delay = BenchOptions.FlushDelay();
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("small", "PUTs, then GETs, of 4 KiB, each with content of its own")
        {
            connections, seconds, delay, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var benchmark = new SmallBenchmark(
                Parse(parsed.GetRequiredValue(connections)), TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                parsed.GetValue(delay), parsed.GetRequiredValue(directory));
            var report = await benchmark.RunAsync(cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.SmallReport);
            else
                Print(report);
            return report.Rows.Sum(row => row.Put.Errors + row.Get.Errors) == 0 ? 0 : 1;
        });
        return command;
    }

    private static List<int> Parse(string? list) => (list ?? "").Split(',')
        .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0)
        .ToList();

    private static void Print(SmallReport report)
    {
        Console.Out.WriteLine(Text(
            $"Api: {report.ApiBuild}; {report.Processors} processors, shared with this load generator"));
        var delayed = report.FlushDelayMicroseconds > 0
            ? Text($", each {report.FlushDelayMicroseconds} µs later")
            : "";
        Console.Out.WriteLine(Text(
            $"Disk: {report.Disk.FlushesPerSecond:N0} flushes/s of 4 KiB ({report.Disk.FileSystem}{delayed})"));
        Console.Out.WriteLine(Text($"PostgreSQL: {report.CommitsPerSecond:N0} commits/s of one session"));
        Console.Out.WriteLine();
        TextTable.Write(
            ["connections", "PUT/s", "ratio", "p50 ms", "p99 ms", "batch", "GET/s", "p50 ms", "p99 ms", "errors"],
            [.. report.Rows.Select(Cells)]);
        if (report.Rows.FirstOrDefault(row => row.Connections == 1) is { } single)
        {
            var raw = 1000 / report.Disk.FlushesPerSecond + 1000 / report.CommitsPerSecond;
            Console.Out.WriteLine();
            var times = single.Put.P50Ms / raw;
            Console.Out.WriteLine(Text(
                $"One flush and one commit: {raw:N2} ms; a PUT at 1 connection (p50) {times:N1} times that"));
        }
    }

    private static IReadOnlyList<string> Cells(SmallRow row) =>
    [
        Text($"{row.Connections}"), Text($"{row.Put.PerSecond:N0}"), Text($"{row.PutRatio:N1}"),
        Text($"{row.Put.P50Ms:N2}"), Text($"{row.Put.P99Ms:N2}"), Text($"{row.MeanBatch:N1}"),
        Text($"{row.Get.PerSecond:N0}"), Text($"{row.Get.P50Ms:N2}"), Text($"{row.Get.P99Ms:N2}"),
        Text($"{row.Put.Errors + row.Get.Errors}"),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
