using System.Globalization;
using CasStore.Bench.Output.Charts;
using CasStore.Bench.Suites;

namespace CasStore.Bench.Output;

/// <summary>Draws a suite's rates.</summary>
internal static class SuiteFigure
{
    /// <summary>Requests in groups: a bar for each number of connections, or for each of several targets.</summary>
    public static string Bars(SuiteReport report)
    {
        var several = report.Rows.Any(row => row.Target != report.Rows[0].Target);
        return Draw(report, row => several ? row.Connections : 0, rows =>
        {
            var operations = Distinct(rows, row => row.Operation);
            var series = rows
                .GroupBy(row => several ? row.Target : Connections(row.Connections), StringComparer.Ordinal)
                .Select(group => new Series(group.Key, operations.Select(
                    operation => Rate(group.FirstOrDefault(row => row.Operation == operation))).ToList()));
            var title = several ? $"{Size(rows)}, {Connections(rows[0].Connections)}" : Size(rows);
            return new Panel(title, Unit(rows), operations, series.ToList());
        });
    }

    /// <summary>A chart for each size: rates over the numbers of connections.</summary>
    public static string Lines(SuiteReport report) => Draw(report, _ => 0, rows =>
    {
        var counts = Distinct(rows, row => row.Connections);
        var series = rows.GroupBy(row => (row.Target, row.Operation)).Select(group => new Series(
            rows.Exists(row => row.Target != group.Key.Target)
                ? $"{group.Key.Target}, {group.Key.Operation}"
                : group.Key.Operation,
            counts.Select(count => Rate(group.FirstOrDefault(row => row.Connections == count))).ToList()));
        var labels = counts.Select(count => Text($"{count}")).ToList();
        return new Panel(Size(rows) + ", over connections", Unit(rows), labels, series.ToList(), AsLines: true);
    });

    // A chart for each size, and for each of what else is told apart.
    private static string Draw(SuiteReport report, Func<SuiteRow, int> apart, Func<List<SuiteRow>, Panel> draw) =>
        SvgFigure.Draw($"casstore bench {report.Suite}",
            report.Rows.GroupBy(row => (row.ObjectBytes, apart(row))).Select(group => draw([.. group])).ToList());

    // What large objects need is their bytes per second.
    private static bool InMegabytes(List<SuiteRow> rows) =>
        rows[0].ObjectBytes >= 1_000_000 && rows.Exists(row => row.MbPerSecond is not null);

    private static double? Rate(SuiteRow? row) => row is null ? null
        : row.ObjectBytes >= 1_000_000 && row.MbPerSecond is not null ? row.MbPerSecond
        : row.PerSecond;

    private static string Unit(List<SuiteRow> rows) => InMegabytes(rows) ? "MB/s" : "per s";

    private static string Size(List<SuiteRow> rows) => "Objects of " + ObjectSize.Text(rows[0].ObjectBytes);

    private static string Connections(int count) => count == 1 ? "1 connection" : Text($"{count} connections");

    private static List<T> Distinct<T>(List<SuiteRow> rows, Func<SuiteRow, T> of) =>
        rows.Select(of).Distinct().ToList();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
