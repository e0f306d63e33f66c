using CasStore.Bench.Suites;

namespace CasStore.Tests.Unit.Bench;

public sealed class RoundsTests
{
    [Fact]
    public void Each_target_is_compared_with_the_first_in_the_same_row() =>
        Rounds.Median([
            [
                Row("PUT", 1, "a", 100), Row("PUT", 1, "b", 25), Row("GET", 1, "a", 0), Row("GET", 1, "b", 50),
                Row("PUT", 8, "a", 200), Row("PUT", 8, "b", 400),
            ],
        ]).Select(row => row.Ratio).ShouldBe([1, 0.25, 0, 0, 1, 2]);

    [Fact]
    public void Rates_and_ratios_are_medians_of_the_rounds_and_errors_are_sums()
    {
        var rows = Rounds.Median([
            [Row("PUT", 1, "a", 100), Row("PUT", 1, "b", 50)],
            [Row("PUT", 1, "a", 10), Row("PUT", 1, "b", 20) with { Errors = 3, FirstError = "x" }],
            [Row("PUT", 1, "a", 60), Row("PUT", 1, "b", 80)],
        ]);
        rows.Select(row => row.PerSecond).ShouldBe([60, 50]);
        rows[1].Ratio.ShouldBe(80.0 / 60, 1e-9);
        (rows[1].Errors, rows[1].FirstError).ShouldBe((3, "x"));
    }

    private static SuiteRow Row(string operation, int connections, string target, double perSecond) => new(
        operation, 4096, connections, target, perSecond, null, new Percentiles(0, 0, 0, 0, 0), 1, 0, null, null, 0,
        null, 0);
}
