namespace CasStore.Bench.Listing;

/// <summary>Pages of one kind, one after another over one connection. Latencies are in milliseconds.</summary>
/// <param name="Listing">What is listed.</param>
/// <param name="Entries">Entries (keys, versions, uploads, common prefixes) on a page.</param>
/// <param name="P50Ms">Median of a page.</param>
/// <param name="P99Ms">99th percentile of a page.</param>
/// <param name="EntriesPerSecond">By the median.</param>
internal sealed record PageRow(string Listing, int Entries, double P50Ms, double P99Ms, double EntriesPerSecond);

/// <summary>The cost of a page in a bucket of this many keys, by that of the same page in the smallest.</summary>
internal sealed record SizeRow(int Keys, double FirstRatio, double MiddleRatio, double LastRatio);

/// <summary>A whole listing.</summary>
internal sealed record WalkRow(string Listing, int Connections, long Entries, double Seconds, double EntriesPerSecond);

/// <summary><c>bench list</c>.</summary>
internal sealed record ListReport(
    string ApiBuild, int Processors, int Keys, double SeedSeconds, IReadOnlyList<PageRow> Pages,
    IReadOnlyList<SizeRow> Sizes, IReadOnlyList<WalkRow> Walks, int Errors);
