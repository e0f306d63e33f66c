namespace CasStore.BlobCas.Hashing;

/// <summary>What many inputs hashed side by side have in common: all are the same number of whole blocks.</summary>
internal readonly unsafe struct Blake3Inputs
{
    /// <summary>Eight words.</summary>
    public required uint* Key { get; init; }

    /// <summary>Bytes from one input to the next.</summary>
    public required nuint Stride { get; init; }

    /// <summary>Blocks of 64 bytes per input.</summary>
    public required int Blocks { get; init; }

    /// <summary>Whether each input has the next counter (chunks), or all have the same (parents).</summary>
    public required bool Counts { get; init; }

    /// <summary>Flags of every block, and those added on an input's first and last.</summary>
    public required uint Flags { get; init; }

    public uint FirstFlags { get; init; }

    public uint LastFlags { get; init; }
}
