using System.Buffers.Binary;
using System.Numerics;

namespace CasStore.BlobCas.Hashing.XxHash;

/// <summary>XXH3 of 64 bits, of at most 240 bytes: for each range of lengths a formula of its own.</summary>
internal static class XxHash3Short
{
    /// <summary>Longest input that is hashed so.</summary>
    public const int MaxLength = 240;

    public static ulong Hash(ReadOnlySpan<byte> input) => input.Length switch
    {
        0 => XxMath.Avalanche64(XxMath.Flip(56)),
        <= 3 => XxMath.Avalanche64(Combine3(input) ^ (XxMath.Read32(XxMath.Secret) ^ XxMath.Read32(XxMath.Secret, 4))),
        <= 8 => Of8(input),
        <= 16 => Of16(input),
        <= 128 => Of128(input),
        _ => Of240(input),
    };

    /// <summary>1 to 3 bytes and their number in 32 bits.</summary>
    public static uint Combine3(ReadOnlySpan<byte> input) =>
        ((uint)input[0] << 16) | ((uint)input[input.Length >> 1] << 24) | input[^1] | ((uint)input.Length << 8);

    private static ulong Of8(ReadOnlySpan<byte> input)
    {
        var hash = (XxMath.Read32(input, input.Length - 4) + ((ulong)XxMath.Read32(input) << 32)) ^ XxMath.Flip(8);
        hash ^= BitOperations.RotateLeft(hash, 49) ^ BitOperations.RotateLeft(hash, 24);
        hash *= XxMath.PrimeMx2;
        hash ^= (hash >> 35) + (ulong)input.Length;
        hash *= XxMath.PrimeMx2;
        return hash ^ (hash >> 28);
    }

    private static ulong Of16(ReadOnlySpan<byte> input)
    {
        var low = XxMath.Read64(input) ^ XxMath.Flip(24);
        var high = XxMath.Read64(input, input.Length - 8) ^ XxMath.Flip(40);
        return XxMath.Avalanche(
            (ulong)input.Length + BinaryPrimitives.ReverseEndianness(low) + high + XxMath.Fold(low, high));
    }

    private static ulong Of128(ReadOnlySpan<byte> input)
    {
        var hash = (ulong)input.Length * XxMath.Prime64A;
        for (var i = (input.Length - 1) / 32; i >= 0; i--)
        {
            hash += XxMath.Mix16(input, 16 * i, 32 * i);
            hash += XxMath.Mix16(input, input.Length - (16 * (i + 1)), (32 * i) + 16);
        }
        return XxMath.Avalanche(hash);
    }

    private static ulong Of240(ReadOnlySpan<byte> input)
    {
        var hash = (ulong)input.Length * XxMath.Prime64A;
        for (var i = 0; i < 8; i++)
            hash += XxMath.Mix16(input, 16 * i, 16 * i);
        hash = XxMath.Avalanche(hash);
        for (var i = 8; i < input.Length / 16; i++)
            hash += XxMath.Mix16(input, 16 * i, (16 * (i - 8)) + 3);
        return XxMath.Avalanche(hash + XxMath.Mix16(input, input.Length - 16, 119));
    }
}
