namespace CasStore.BlobCas.Hashing;

/// <summary>BLAKE3 with 32 bytes of output, incrementally. Not safe for concurrent use.</summary>
public sealed class Blake3
{
    private readonly Blake3Level _level;
    private Blake3State _state;

    /// <summary>A hasher of nothing yet, with the widest instructions of this processor.</summary>
    public Blake3()
        : this(Blake3Lanes.Best)
    {
    }

    internal Blake3(Blake3Level level)
    {
        _level = level;
        _state.Reset(level);
    }

    /// <summary>The digest of <paramref name="data"/>.</summary>
    public static BlobDigest Hash(ReadOnlySpan<byte> data)
    {
        var state = default(Blake3State);
        state.Reset(Blake3Lanes.Best);
        state.Append(data);
        Span<byte> digest = stackalloc byte[BlobDigest.Size];
        state.Finish(digest);
        return new BlobDigest(digest);
    }

    /// <summary>Hashes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> data) => _state.Append(data);

    /// <summary>Writes the digest (32 bytes) of all that was appended; appending may go on after it.</summary>
    public void Finish(Span<byte> digest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digest.Length, BlobDigest.Size, nameof(digest));
        _state.Finish(digest);
    }

    /// <summary>Starts again with nothing appended.</summary>
    public void Reset() => _state.Reset(_level);
}
