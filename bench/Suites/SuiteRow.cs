namespace CasStore.Bench.Suites;

/// <summary>Requests of one kind, of objects of one size, at one number of connections, on one target.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="ObjectBytes">Size of the objects, or of a part.</param>
/// <param name="Connections">How many.</param>
/// <param name="Target">Its name.</param>
/// <param name="PerSecond">Requests that succeeded.</param>
/// <param name="MbPerSecond">Their objects, in MB of 1,000,000 bytes; null where none went over the wire.</param>
/// <param name="Latency">That the client saw.</param>
/// <param name="Requests">That succeeded.</param>
/// <param name="Errors">Requests that did not, or whose answer was not what it must be.</param>
/// <param name="FirstError">The first one's text.</param>
/// <param name="ServerMicroseconds">Processor time of the server for a request; null: not known.</param>
/// <param name="GeneratorMicroseconds">Processor time of the load generator for a request.</param>
/// <param name="MeanBatch">Commands in a transaction of the log, if the server tells.</param>
/// <param name="Ratio">Requests per second by those of the first target.</param>
internal sealed record SuiteRow(
    string Operation, long ObjectBytes, int Connections, string Target, double PerSecond, double? MbPerSecond,
    Percentiles Latency, long Requests, long Errors, string? FirstError, double? ServerMicroseconds,
    double GeneratorMicroseconds, double? MeanBatch, double Ratio);

/// <summary>Percentiles of latencies, in milliseconds.</summary>
internal sealed record Percentiles(double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs);
