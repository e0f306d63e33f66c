namespace CasStore.Bench.Suites;

/// <summary>
/// Compares each target with the first within each round, and takes the medians of the rounds: what else the machine
/// does then hits both, and what hits one round is left out.
/// </summary>
internal static class Rounds
{
    /// <summary>Rounds have the same rows in the same order.</summary>
    public static IReadOnlyList<SuiteRow> Median(IReadOnlyList<IReadOnlyList<SuiteRow>> rounds)
    {
        var compared = rounds.Select(Compare).ToList();
        return compared[0].Select((_, at) => Median(compared.ConvertAll(rows => rows[at]))).ToList();
    }

    private static List<SuiteRow> Compare(IReadOnlyList<SuiteRow> rows) =>
        rows.Select(row => row with { Ratio = Divide(row.PerSecond, First(rows, row).PerSecond) }).ToList();

    private static SuiteRow First(IReadOnlyList<SuiteRow> rows, SuiteRow of) => rows.First(row =>
        (row.Operation, row.ObjectBytes, row.Connections) == (of.Operation, of.ObjectBytes, of.Connections));

    // The round whose rate is the median, with the errors of all.
    private static SuiteRow Median(List<SuiteRow> rows) =>
        rows.OrderBy(row => row.PerSecond).ElementAt(rows.Count / 2) with
        {
            Ratio = rows.Select(row => row.Ratio).Order().ElementAt(rows.Count / 2),
            Errors = rows.Sum(row => row.Errors),
            FirstError = rows.Find(row => row.FirstError is not null)?.FirstError,
        };

    private static double Divide(double value, double by) => by > 0 ? value / by : 0;
}
