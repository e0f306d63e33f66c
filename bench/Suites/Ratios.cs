namespace CasStore.Bench.Suites;

/// <summary>Compares each target with the first.</summary>
internal static class Ratios
{
    public static IReadOnlyList<SuiteRow> Of(IReadOnlyList<SuiteRow> rows) =>
        rows.Select(row => row with { Ratio = Divide(row.PerSecond, First(rows, row).PerSecond) }).ToList();

    private static SuiteRow First(IReadOnlyList<SuiteRow> rows, SuiteRow of) => rows.First(row =>
        (row.Operation, row.ObjectBytes, row.Connections) == (of.Operation, of.ObjectBytes, of.Connections));

    private static double Divide(double value, double by) => by > 0 ? value / by : 0;
}
