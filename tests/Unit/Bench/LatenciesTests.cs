using System.Diagnostics;
using CasStore.Bench.Load;

namespace CasStore.Tests.Unit.Bench;

public sealed class LatenciesTests
{
    [Theory]
    [InlineData(50, 500)]
    [InlineData(90, 900)]
    [InlineData(99, 990)]
    [InlineData(99.9, 999)]
    [InlineData(100, 1000)]
    public void Percentiles_are_nearest_ranks(double percent, double expected)
    {
        var milliseconds = Enumerable.Range(1, 1000).Reverse().Select(ms => ms * Stopwatch.Frequency / 1000);
        new Latencies(milliseconds).Percentile(percent).ShouldBe(expected);
    }

    [Fact]
    public void One_time_is_every_percentile()
    {
        var one = new Latencies([Stopwatch.Frequency]);
        one.Percentile(0.1).ShouldBe(1000);
        one.Percentile(99.9).ShouldBe(1000);
    }

    [Fact]
    public void None_is_none() => new Latencies([]).Percentile(50).ShouldBe(0);
}
