using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;
using CasStore.Bench.Output.Charts;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Memory;

/// <summary><c>bench memory</c>.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var size = BenchOptions.Positive("--size-mb", 250, "Size of each large object, in MB of 1,000,000 bytes");
        var parallel = BenchOptions.Positive("--parallel", 8, "Large objects that are sent at the same time");
        var idle = BenchOptions.Positive("--idle-connections", 1000, "Connections that stay open");
        var (targets, output) = (new TargetOptions(), new OutputOptions());
        var command = new Command("memory", "The server's memory idle, over large PUTs, with idle connections")
        {
            size, parallel, idle,
        };
        targets.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var set = await targets.StartAsync(parsed, cancel);
            var rows = new List<MemoryRow>();
            foreach (var target in set.Targets)
            {
                rows.AddRange(await new MemoryBenchmark(
                    target, parsed.GetValue(size) * 1_000_000L, parsed.GetValue(parallel), parsed.GetValue(idle))
                    .RunAsync(cancel));
            }
            var report = new MemoryReport(set.Targets[0].Build, rows);
            await output.WriteAsync(parsed, report, ReportJson.Default.MemoryReport, Print, Draw, cancel);
            return rows.Sum(row => row.Errors) == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(MemoryReport report)
    {
        if (report.ApiBuild is { } build)
            Console.Out.WriteLine($"Api: {build}");
        TextTable.Write(
            ["target", "", "VmRSS MB", "VmHWM MB", "all MB", "MB/s", "errors"],
            [.. report.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Target, row.When, Text($"{row.ResidentMb:N1}"), Text($"{row.PeakMb:N1}"), Text($"{row.AllMb:N1}"),
                row.MbPerSecond is { } rate ? Text($"{rate:N0}") : "", Text($"{row.Errors}"),
            ])]);
    }

    private static string Draw(MemoryReport report)
    {
        var series = report.Rows.GroupBy(row => row.Target, StringComparer.Ordinal).SelectMany(rows => new[]
        {
            new Series($"{rows.Key}, resident", rows.Select(row => (double?)row.ResidentMb).ToList()),
            new Series($"{rows.Key}, peak", rows.Select(row => (double?)row.PeakMb).ToList()),
        });
        var moments = report.Rows.Select(row => row.When).Distinct(StringComparer.Ordinal).ToList();
        return SvgFigure.Draw(
            "casstore bench memory", [new Panel("Memory of what speaks S3", "MB", moments, series.ToList())]);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
