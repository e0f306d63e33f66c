using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Scale;

/// <summary><c>bench scale</c>.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var objects = BenchOptions.Positive("--objects", 1_000_000, "Objects that the store grows to, from 10,000");
        var depth = BenchOptions.Positive("--overwrites", 10_000, "How often one key is put, from once");
        var rounds = BenchOptions.Positive("--rounds", 200, "How often each request is sent at each step");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("scale", "Requests as a store grows, and as one key is put again and again")
        {
            objects, depth, rounds, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var benchmark = new ScaleBenchmark(
                parsed.GetValue(objects), parsed.GetValue(depth), parsed.GetValue(rounds),
                parsed.GetRequiredValue(directory));
            var report = await benchmark.RunAsync(cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.ScaleReport);
            else
                Print(report);
            return report.Errors == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(ScaleReport report)
    {
        Console.Out.WriteLine(Text(
            $"Api: {report.ApiBuild}; {report.Processors} processors, shared with this load generator"));
        Console.Out.WriteLine("Milliseconds (median) over one connection");
        Console.Out.WriteLine();
        TextTable.Write(
            ["objects", "PUT", "GET", "HEAD", "LIST 1,000", "seeded/s"],
            [.. report.Objects.Select(row => (IReadOnlyList<string>)
                [Text($"{row.Objects:N0}"), .. Cells(row.Costs), Text($"{row.SeededPerSecond:N0}")])]);
        Console.Out.WriteLine();
        TextTable.Write(
            ["bytes an object", "log", "objects", "their indexes", "blob references"],
            [.. report.Objects.Select(row => (IReadOnlyList<string>)
            [
                Text($"{row.Objects:N0}"), Text($"{row.Bytes.Log:N0}"), Text($"{row.Bytes.Objects:N0}"),
                Text($"{row.Bytes.ObjectIndexes:N0}"), Text($"{row.Bytes.Blobs:N0}"),
            ])]);
        Console.Out.WriteLine();
        TextTable.Write(
            ["overwrites", "PUT", "GET", "HEAD", "LIST 1,000", "versioned: PUT", "GET", "HEAD", "LIST 1,000"],
            [.. report.Depths.Select(row => (IReadOnlyList<string>)
                [Text($"{row.Overwrites:N0}"), .. Cells(row.Plain), .. Cells(row.Versioned)])]);
        if (report.Errors > 0)
            Console.Out.WriteLine(Text($"{report.Errors} errors"));
    }

    private static IEnumerable<string> Cells(RequestCosts costs) =>
        new[] { costs.PutMs, costs.GetMs, costs.HeadMs, costs.ListMs }.Select(cost => Text($"{cost:N2}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
