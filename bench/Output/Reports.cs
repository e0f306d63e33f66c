namespace CasStore.Bench.Output;

/// <summary>What the disk allows.</summary>
internal sealed record FlushReport(double FlushesPerSecond, string FileSystem);

/// <summary>Requests of one kind at one number of connections. Latencies are in milliseconds.</summary>
internal sealed record LoadReport(double PerSecond, double P50Ms, double P99Ms, long Requests, long Errors);

/// <summary>PUTs, then GETs, at one number of connections.</summary>
/// <param name="Connections">How many.</param>
/// <param name="Put">The PUTs.</param>
/// <param name="PutRatio">PUTs per second by those of the first number of connections.</param>
/// <param name="MeanBatch">Commands in a transaction of the log, on average, during the PUTs.</param>
/// <param name="Get">The GETs.</param>
internal sealed record SmallRow(int Connections, LoadReport Put, double PutRatio, double MeanBatch, LoadReport Get);

/// <summary><c>bench small</c>.</summary>
internal sealed record SmallReport(
    string ApiBuild, int Processors, int ObjectBytes, int FlushDelayMicroseconds, FlushReport Disk,
    double CommitsPerSecond, IReadOnlyList<SmallRow> Rows);

/// <summary>The Api's resident memory in MB of 1,000,000 bytes.</summary>
/// <param name="ResidentMb">Now.</param>
/// <param name="PeakMb">The most since it started.</param>
internal sealed record MemoryReading(double ResidentMb, double PeakMb);

/// <summary><c>bench memory</c>.</summary>
internal sealed record MemoryReport(
    string ApiBuild, int SizeMb, int Parallel, MemoryReading Idle, MemoryReading After, double Seconds,
    double MbPerSecond, int Errors);

/// <summary>Blobs sealed by so many callers at once: each in a file, and in packs.</summary>
internal sealed record PacksRow(int Callers, LoadReport Files, LoadReport Packs, double Ratio);

/// <summary>What packed blobs take in a store opened anew.</summary>
internal sealed record PacksMemory(int Blobs, double HeapMb, double OpenMs);

/// <summary><c>bench packs</c>.</summary>
internal sealed record PacksReport(
    int Processors, int BlobBytes, IReadOnlyList<PacksRow> Rows, PacksMemory Memory);
