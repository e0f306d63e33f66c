using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;

namespace CasStore.Bench.Listing;

/// <summary><c>bench list</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var keys = BenchOptions.Positive("--keys", 1_000_000, "Keys of the largest bucket");
        var rounds = BenchOptions.Positive("--rounds", 100, "How often each page is read");
        var directory = BenchOptions.Directory();
        var json = BenchOptions.Json();
        var command = new Command("list", "Listings of large buckets: pages near and deep, and whole listings")
        {
            keys, rounds, directory, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var benchmark = new ListBenchmark(
                parsed.GetValue(keys), parsed.GetValue(rounds), parsed.GetRequiredValue(directory));
            var report = await benchmark.RunAsync(cancel);
            if (parsed.GetValue(json))
                ReportJson.Write(report, ReportJson.Default.ListReport);
            else
                Print(report);
            return report.Errors == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Print(ListReport report)
    {
        Console.Out.WriteLine(Text(
            $"Api: {report.ApiBuild}; {report.Processors} processors, shared with this load generator"));
        Console.Out.WriteLine(Text(
            $"{report.Keys:N0} keys in the largest bucket; filled in {report.SeedSeconds:N0} s"));
        Console.Out.WriteLine();
        TextTable.Write(
            ["page", "entries", "p50 ms", "p99 ms", "entries/s"],
            [.. report.Pages.Select(row => (IReadOnlyList<string>)
            [
                row.Listing, Text($"{row.Entries}"), Text($"{row.P50Ms:N2}"), Text($"{row.P99Ms:N2}"),
                Text($"{row.EntriesPerSecond:N0}"),
            ])]);
        Console.Out.WriteLine();
        TextTable.Write(
            ["keys", "first page", "in the middle", "last page"],
            [.. report.Sizes.Select(row => (IReadOnlyList<string>)
            [
                Text($"{row.Keys:N0}"), Text($"{row.FirstRatio:N2}"), Text($"{row.MiddleRatio:N2}"),
                Text($"{row.LastRatio:N2}"),
            ])]);
        Console.Out.WriteLine();
        TextTable.Write(
            ["whole listing", "connections", "entries", "s", "entries/s"],
            [.. report.Walks.Select(row => (IReadOnlyList<string>)
            [
                row.Listing, Text($"{row.Connections}"), Text($"{row.Entries:N0}"), Text($"{row.Seconds:N1}"),
                Text($"{row.EntriesPerSecond:N0}"),
            ])]);
        if (report.Errors > 0)
            Console.Out.WriteLine(Text($"{report.Errors} errors"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
