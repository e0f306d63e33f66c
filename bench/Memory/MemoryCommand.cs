using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Memory;

/// <summary><c>bench memory</c>.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var size = BenchOptions.Positive("--size-mb", 250, "Size of each object, in MB of 1,000,000 bytes");
        var parallel = BenchOptions.Positive("--parallel", 1, "Objects that are sent at the same time");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("memory", "The Api's memory before and after PUTs of large objects")
        {
            size, parallel, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var benchmark = new MemoryBenchmark(
                parsed.GetValue(size), parsed.GetValue(parallel), parsed.GetRequiredValue(directory));
            var report = await benchmark.RunAsync(cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.MemoryReport);
            else
                Print(report);
            return report.Errors == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(MemoryReport report)
    {
        Console.Out.WriteLine(Text($"Api: {report.ApiBuild}; {report.Parallel} × {report.SizeMb} MB"));
        Console.Out.WriteLine();
        TextTable.Write(
            ["", "VmRSS MB", "VmHWM MB"],
            [
                ["idle", Text($"{report.Idle.ResidentMb:N1}"), Text($"{report.Idle.PeakMb:N1}")],
                ["after", Text($"{report.After.ResidentMb:N1}"), Text($"{report.After.PeakMb:N1}")],
            ]);
        Console.Out.WriteLine();
        Console.Out.WriteLine(Text(
            $"{report.Seconds:N2} s, {report.MbPerSecond:N0} MB/s, {report.Errors} errors"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
