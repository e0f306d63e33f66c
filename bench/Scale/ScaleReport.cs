namespace CasStore.Bench.Scale;

/// <summary>What requests cost: medians in milliseconds, one after another over one connection.</summary>
internal sealed record RequestCosts(double PutMs, double GetMs, double HeadMs, double ListMs);

/// <summary>What the database takes for each object, in bytes.</summary>
/// <param name="Log">The log, with its indexes.</param>
/// <param name="Objects">Rows of objects.</param>
/// <param name="ObjectIndexes">Indexes of objects.</param>
/// <param name="Blobs">Blob references, with their index.</param>
internal sealed record BytesPerObject(double Log, double Objects, double ObjectIndexes, double Blobs);

/// <summary>A store of this many objects.</summary>
internal sealed record ObjectsRow(long Objects, RequestCosts Costs, double SeededPerSecond, BytesPerObject Bytes);

/// <summary>A key that was put this many times.</summary>
internal sealed record DepthRow(int Overwrites, RequestCosts Plain, RequestCosts Versioned);

/// <summary><c>bench scale</c>.</summary>
internal sealed record ScaleReport(
    string ApiBuild, int Processors, IReadOnlyList<ObjectsRow> Objects, IReadOnlyList<DepthRow> Depths, int Errors);
