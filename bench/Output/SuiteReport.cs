using CasStore.Bench.Suites;

namespace CasStore.Bench.Output;

/// <summary>What the machine allows, measured before the load.</summary>
/// <param name="Disk">That the store is on.</param>
/// <param name="FlushDelayMicroseconds">By which each flush was made to take longer.</param>
/// <param name="CommitsPerSecond">Of one session of the store's PostgreSQL.</param>
internal sealed record MachineLimits(FlushReport Disk, int FlushDelayMicroseconds, double CommitsPerSecond);

/// <summary>A suite of loads.</summary>
/// <param name="Suite">Its name.</param>
/// <param name="ApiBuild">How the store's Api was compiled; null: no store was started.</param>
/// <param name="Processors">Of the machine, shared with the load generator.</param>
/// <param name="Threads">Of the load generator.</param>
/// <param name="UnsignedPayload">PUTs did not tell their content's SHA-256.</param>
/// <param name="Seconds">How long each row was measured in a round.</param>
/// <param name="Rounds">Of whose figures the rows are medians.</param>
/// <param name="Limits">Of the machine; null: no store was started, and the endpoint's machine is not known.</param>
/// <param name="Rows">The figures.</param>
internal sealed record SuiteReport(
    string Suite, string? ApiBuild, int Processors, int Threads, bool UnsignedPayload, double Seconds,
    int Rounds, MachineLimits? Limits, IReadOnlyList<SuiteRow> Rows);
