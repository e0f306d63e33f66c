using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Disk;

/// <summary><c>bench flush</c>: what the disk allows, whatever the store does.</summary>
internal static class FlushCommand
{
    public static Command Create()
    {
        var seconds = BenchOptions.Positive("--seconds", 2, "How long to measure");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("flush", "Writes of 4 KiB, each flushed, one after another: no store is started")
        {
            seconds, directory, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            var report = FlushLimit.Measure(
                parsed.GetRequiredValue(directory), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.FlushReport);
            else
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{report.FlushesPerSecond:N0} flushes/s of 4 KiB on {report.FileSystem}"));
            return Task.FromResult(0);
        });
        return command;
    }
}
