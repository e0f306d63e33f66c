using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CasStore.BlobCas;

/// <summary>The identity of a blob: the BLAKE3-256 digest of its plaintext (32 bytes).</summary>
public readonly struct BlobDigest : IEquatable<BlobDigest>
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int Size = 32;

    private readonly Bytes32 _bytes;

    /// <summary>Copies a digest from exactly 32 bytes.</summary>
    public BlobDigest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"A blob digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(_bytes);
    }

    /// <summary>The first four bytes, in the order of digests.</summary>
    internal uint Prefix => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    /// <summary>Parses 64 lower- or upper-case hexadecimal digits.</summary>
    public static BlobDigest Parse(string hex) => new(Convert.FromHexString(hex));

    /// <summary>Copies the digest to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => ((ReadOnlySpan<byte>)_bytes).CopyTo(destination);

    /// <summary>Orders digests by their bytes.</summary>
    internal static int Compare(BlobDigest left, BlobDigest right) =>
        ((ReadOnlySpan<byte>)left._bytes).SequenceCompareTo((ReadOnlySpan<byte>)right._bytes);

    /// <summary>The digest as a new array of 32 bytes.</summary>
    public byte[] ToArray() => ((ReadOnlySpan<byte>)_bytes).ToArray();

    /// <summary>The digest as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);

    /// <inheritdoc/>
    public bool Equals(BlobDigest other) =>
        ((ReadOnlySpan<byte>)_bytes).SequenceEqual((ReadOnlySpan<byte>)other._bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is BlobDigest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32((ReadOnlySpan<byte>)_bytes);

    /// <summary>Whether two digests are the same.</summary>
    public static bool operator ==(BlobDigest left, BlobDigest right) => left.Equals(right);

    /// <summary>Whether two digests differ.</summary>
    public static bool operator !=(BlobDigest left, BlobDigest right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Bytes32
    {
        private byte _element;
    }
}
