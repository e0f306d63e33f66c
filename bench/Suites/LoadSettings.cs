namespace CasStore.Bench.Suites;

/// <summary>How a suite loads its targets.</summary>
/// <param name="Duration">How long each figure is measured.</param>
/// <param name="WarmUp">How long the same is done before, not counted.</param>
/// <param name="Threads">Of the load generator.</param>
/// <param name="UnsignedPayload">PUTs do not tell their content's SHA-256.</param>
internal sealed record LoadSettings(TimeSpan Duration, TimeSpan WarmUp, int Threads, bool UnsignedPayload);
