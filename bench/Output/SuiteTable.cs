using System.Globalization;
using CasStore.Bench.Suites;

namespace CasStore.Bench.Output;

/// <summary>Prints a suite's figures; columns that no row has are left out.</summary>
internal static class SuiteTable
{
    private static readonly Column[] s_columns =
    [
        new("request", row => row.Operation),
        new("size", row => ObjectSize.Text(row.ObjectBytes)),
        new("connections", row => Text($"{row.Connections}")),
        new("target", row => row.Target),
        new("per s", row => Rate(row.PerSecond)),
        new("ratio", row => Text($"{row.Ratio:N2}")),
        new("MB/s", row => row.MbPerSecond is { } rate ? Rate(rate) : null),
        new("p50 ms", row => Text($"{row.Latency.P50Ms:N2}")),
        new("p90 ms", row => Text($"{row.Latency.P90Ms:N2}")),
        new("p99 ms", row => Text($"{row.Latency.P99Ms:N2}")),
        new("p99.9 ms", row => Text($"{row.Latency.P999Ms:N2}")),
        new("max ms", row => Text($"{row.Latency.MaxMs:N2}")),
        new("batch", row => row.MeanBatch is { } batch ? Text($"{batch:N1}") : null),
        new("server µs", row => row.ServerMicroseconds is { } time ? Text($"{time:N0}") : null),
        new("client µs", row => Text($"{row.GeneratorMicroseconds:N0}")),
        new("errors", row => Text($"{row.Errors}")),
    ];

    public static void Print(SuiteReport report)
    {
        PrintMachine(report);
        var several = report.Rows.Select(row => row.Target).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var columns = s_columns
            .Where(column => several || column.Name is not ("target" or "ratio"))
            .Where(column => report.Rows.Any(row => column.Cell(row) is not null))
            .ToList();
        TextTable.Write(
            columns.Select(column => column.Name).ToList(),
            report.Rows.Select(row => columns.Select(column => column.Cell(row) ?? "").ToList()).ToList());
        PrintFloor(report);
        foreach (var row in report.Rows.Where(row => row.FirstError is not null))
            Console.Out.WriteLine(
                Text($"{row.Target}, {row.Operation}: {row.Errors} errors, the first: {row.FirstError}"));
    }

    private static void PrintMachine(SuiteReport report)
    {
        var api = report.ApiBuild is { } build ? $"Api: {build}; " : "";
        var payload = report.UnsignedPayload ? "; payloads unsigned" : "";
        Console.Out.WriteLine(Text($"{api}{report.Processors} processors, shared with this load generator{payload}"));
        if (report.Limits is { Disk: var disk, FlushDelayMicroseconds: var delay, CommitsPerSecond: var commits })
        {
            var delayed = delay > 0 ? Text($", each {delay} µs later") : "";
            Console.Out.WriteLine(
                Text($"Disk: {disk.FlushesPerSecond:N0} flushes/s of 4 KiB ({disk.FileSystem}{delayed})"));
            Console.Out.WriteLine(Text($"PostgreSQL: {commits:N0} commits/s of one session"));
        }
        Console.Out.WriteLine();
    }

    private static void PrintFloor(SuiteReport report)
    {
        // Of larger objects other things than durability take the time.
        var single = report.Rows.FirstOrDefault(
            row => row is { Operation: "PUT", Connections: 1, ObjectBytes: <= 65_536 });
        if (single is null || report.Limits is not { } limits)
            return;
        var raw = 1000 / limits.Disk.FlushesPerSecond + 1000 / limits.CommitsPerSecond;
        var times = single.Latency.P50Ms / raw;
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            Text($"One flush and one commit: {raw:N2} ms; a PUT at 1 connection (p50) {times:N1} times that"));
    }

    private static string Rate(double rate) => rate < 100 ? Text($"{rate:N1}") : Text($"{rate:N0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Column(string Name, Func<SuiteRow, string?> Cell);
}
