using System.CommandLine;
using System.Globalization;
using CasStore.Bench.Output;
using CasStore.Bench.Output.Charts;
using CasStore.Bench.Store;

namespace CasStore.Bench.Startup;

/// <summary><c>bench startup</c>.</summary>
internal static class StartupCommand
{
    public static Command Create()
    {
        var times = BenchOptions.Positive("--times", 5, "How often each start is measured");
        var directory = BenchOptions.Directory();
        var output = new OutputOptions();
        var command = new Command("startup", "From the start of the Api, and of the whole store, to the first answer")
        {
            times, directory,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var report = await MeasureAsync(parsed.GetRequiredValue(directory), parsed.GetValue(times), cancel);
            await output.WriteAsync(parsed, report, ReportJson.Default.StartupReport, Print, Draw, cancel);
            return 0;
        });
        return command;
    }

    private static async Task<StartupReport> MeasureAsync(string directory, int times, CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        var first = store.StartTime;
        var (api, whole) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < times; i++)
            api.Add(await SecondApi.MeasureAsync(store, cancel));
        for (var i = 0; i < times; i++)
        {
            await store.RestartAsync(cancel);
            whole.Add(store.StartTime);
        }
        return new StartupReport(store.ApiBuild,
        [
            Row("Api, database up", api), Row("serve, data there", whole), Row("serve, first start", [first]),
        ]);
    }

    private static StartupRow Row(string what, List<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToList();
        return new StartupRow(what, sorted[sorted.Count / 2], sorted[0], sorted[^1], sorted.Count);
    }

    private static void Print(StartupReport report)
    {
        Console.Out.WriteLine($"Api: {report.ApiBuild}; milliseconds from the start to the first answer");
        TextTable.Write(
            ["", "median", "least", "most", "times"],
            [.. report.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.What, Text($"{row.MedianMs:N0}"), Text($"{row.LeastMs:N0}"), Text($"{row.MostMs:N0}"),
                Text($"{row.Times}"),
            ])]);
    }

    private static string Draw(StartupReport report) => SvgFigure.Draw("casstore bench startup",
    [
        new Panel("From the start to the first answer", "ms", report.Rows.Select(row => row.What).ToList(),
            [new Series("median", report.Rows.Select(row => (double?)row.MedianMs).ToList())]),
    ]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
