using CasStore.Bench.Suites;

namespace CasStore.Tests.Unit.Bench;

public sealed class RatiosTests
{
    [Fact]
    public void Each_target_is_compared_with_the_first_in_the_same_row() =>
        Ratios.Of([
            Row("PUT", 1, "a", 100), Row("PUT", 1, "b", 25), Row("GET", 1, "a", 0), Row("GET", 1, "b", 50),
            Row("PUT", 8, "a", 200), Row("PUT", 8, "b", 400),
        ]).Select(row => row.Ratio).ShouldBe([1, 0.25, 0, 0, 1, 2]);

    private static SuiteRow Row(string operation, int connections, string target, double perSecond) => new(
        operation, 4096, connections, target, perSecond, null, new Percentiles(0, 0, 0, 0, 0), 1, 0, null, null, 0,
        null, 0);
}
