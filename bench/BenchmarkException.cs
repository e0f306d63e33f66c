namespace CasStore.Bench;

/// <summary>A benchmark cannot run; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
