using CasStore.BlobCas.Packs;
using CasStore.BlobCas.Staging;

namespace CasStore.BlobCas;

/// <summary>How a store keeps its blobs. What is stored already is read whatever these say.</summary>
public sealed record BlobStoreOptions
{
    /// <summary>The largest <see cref="PackLimit"/>, and its default: 64 KiB.</summary>
    public const int MaxPackLimit = BodyStager.SmallLimit;

    /// <summary>Blobs of up to so many bytes go into pack segments; 0: each blob has a file.</summary>
    public int PackLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxPackLimit);
            field = value;
        }
    }

    = MaxPackLimit;

    /// <summary>Bytes in a segment, at least 128 KiB.</summary>
    public int SegmentSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 2 * MaxPackLimit);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 30);
            field = value;
        }
    }

    = 64 << 20;

    /// <summary>Blobs in a segment: bounds what must be in memory of the one being written.</summary>
    public int SegmentRecords
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, PackBatch.MaxRecords);
            field = value;
        }
    }

    = 32 * 1024;

    /// <summary>Bytes of small bodies in memory at once, beyond the first 8 KiB of each.</summary>
    public int SmallBodyBudget { get; init; } = 8 << 20;

    /// <summary>How long a small body waits for its part of the budget before it goes to a staging file.</summary>
    internal TimeSpan BudgetPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Segments whose files are kept open besides those being read.</summary>
    internal int OpenSegments { get; init; } = 256;

    /// <summary>Freed segments kept for reuse; more are removed.</summary>
    internal int FreeSegments { get; init; } = 4;
}
