namespace CasStore.BlobCas.Packs;

/// <summary>What opening the store reads of a segment's index.</summary>
/// <param name="Incarnation">The segment's.</param>
/// <param name="End">Where its last record ends.</param>
/// <param name="Records">How many ordinals were given.</param>
internal sealed record IndexSummary(ulong Incarnation, long End, uint Records)
{
    /// <summary>Where each partition of the slot table begins in <see cref="Tags"/>, and the end.</summary>
    public uint[] Starts { get; init; } = [];

    /// <summary>What the slot table keeps of each digest.</summary>
    public ushort[] Tags { get; init; } = [];
}
