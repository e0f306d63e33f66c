using CasStore.Bench.Targets;

namespace CasStore.Bench.Suites;

/// <summary>Measures targets: each figure on each of them before the next figure.</summary>
internal interface ISuite
{
    Task<IReadOnlyList<SuiteRow>> RunAsync(
        IReadOnlyList<Target> targets, LoadSettings settings, CancellationToken cancel);
}
