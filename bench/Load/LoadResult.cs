namespace CasStore.Bench.Load;

/// <summary>What a load saw.</summary>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Taken">Requests that were sent.</param>
/// <param name="Latencies">Of those that succeeded.</param>
/// <param name="Errors">How many did not.</param>
/// <param name="FirstError">The first error's text.</param>
/// <param name="GeneratorCpu">Processor time of this process.</param>
internal sealed record LoadResult(
    TimeSpan Elapsed, int Taken, Latencies Latencies, long Errors, string? FirstError, TimeSpan GeneratorCpu)
{
    public double PerSecond => Elapsed > TimeSpan.Zero ? Latencies.Count / Elapsed.TotalSeconds : 0;
}
