using System.Globalization;
using CasStore.Bench.Output.Charts;
using CasStore.Bench.Suites;

namespace CasStore.Bench.Output;

/// <summary>Draws a suite's rates.</summary>
internal static class SuiteFigure
{
    /// <summary>A chart for each size: kinds of requests in groups, a bar for each target and number of connections.</summary>
    public static string Bars(SuiteReport report) => Draw(report, rows =>
    {
        var operations = Distinct(rows, row => row.Operation);
        var series = rows.GroupBy(row => (row.Target, row.Connections)).Select(group => new Series(
            Name(rows, group.Key.Target, Text($"{group.Key.Connections} connections")),
            operations.Select(operation => Rate(group.FirstOrDefault(row => row.Operation == operation))).ToList()));
        return new Panel(Size(rows), Unit(rows), operations, series.ToList());
    });

    /// <summary>A chart for each size: rates over the numbers of connections.</summary>
    public static string Lines(SuiteReport report) => Draw(report, rows =>
    {
        var counts = Distinct(rows, row => row.Connections);
        var series = rows.GroupBy(row => (row.Target, row.Operation)).Select(group => new Series(
            Name(rows, group.Key.Target, group.Key.Operation),
            counts.Select(count => Rate(group.FirstOrDefault(row => row.Connections == count))).ToList()));
        var labels = counts.Select(count => Text($"{count}")).ToList();
        return new Panel(Size(rows) + ", over connections", Unit(rows), labels, series.ToList(), AsLines: true);
    });

    private static string Draw(SuiteReport report, Func<List<SuiteRow>, Panel> draw) => SvgFigure.Draw(
        $"casstore bench {report.Suite}",
        report.Rows.GroupBy(row => row.ObjectBytes).Select(group => draw([.. group])).ToList());

    // What large objects need is their bytes per second.
    private static bool InMegabytes(List<SuiteRow> rows) =>
        rows[0].ObjectBytes >= 1_000_000 && rows.Exists(row => row.MbPerSecond is not null);

    private static double? Rate(SuiteRow? row) => row is null ? null
        : row.ObjectBytes >= 1_000_000 && row.MbPerSecond is not null ? row.MbPerSecond
        : row.PerSecond;

    private static string Unit(List<SuiteRow> rows) => InMegabytes(rows) ? "MB/s" : "per s";

    private static string Size(List<SuiteRow> rows) => "Objects of " + ObjectSize.Text(rows[0].ObjectBytes);

    private static string Name(List<SuiteRow> rows, string target, string name) =>
        rows.Exists(row => row.Target != target) ? $"{target}, {name}" : name;

    private static List<T> Distinct<T>(List<SuiteRow> rows, Func<SuiteRow, T> of) => rows.Select(of).Distinct().ToList();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
