namespace CasStore.Bench.Output;

/// <summary>What the disk allows.</summary>
internal sealed record FlushReport(double FlushesPerSecond, string FileSystem);

/// <summary>Requests of one kind at one number of connections. Latencies are in milliseconds.</summary>
internal sealed record LoadReport(double PerSecond, double P50Ms, double P99Ms, long Requests, long Errors);

/// <summary>Memory at one moment, in MB of 1,000,000 bytes.</summary>
/// <param name="Target">Whose.</param>
/// <param name="When">After what.</param>
/// <param name="ResidentMb">Of what speaks S3: the Api.</param>
/// <param name="PeakMb">The most since it started.</param>
/// <param name="AllMb">Of all processes of the target, what they share counted once.</param>
/// <param name="MbPerSecond">Bytes that were put before, per second.</param>
/// <param name="Errors">Of the PUTs.</param>
internal sealed record MemoryRow(
    string Target, string When, double ResidentMb, double PeakMb, double AllMb, double? MbPerSecond, long Errors);

/// <summary><c>bench memory</c>.</summary>
internal sealed record MemoryReport(string? ApiBuild, IReadOnlyList<MemoryRow> Rows);

/// <summary>Times from the start of a program to the first answer, in milliseconds.</summary>
internal sealed record StartupRow(string What, double MedianMs, double LeastMs, double MostMs, int Times);

/// <summary><c>bench startup</c>.</summary>
internal sealed record StartupReport(string ApiBuild, IReadOnlyList<StartupRow> Rows);

/// <summary>Blobs sealed by so many callers at once: each in a file, and in packs.</summary>
internal sealed record PacksRow(int Callers, LoadReport Files, LoadReport Packs, double Ratio);

/// <summary>What packed blobs take in a store opened anew.</summary>
internal sealed record PacksMemory(int Blobs, double HeapMb, double OpenMs);

/// <summary><c>bench packs</c>.</summary>
internal sealed record PacksReport(
    int Processors, int BlobBytes, IReadOnlyList<PacksRow> Rows, PacksMemory Memory);
