using System.Buffers.Binary;
using System.Numerics;

namespace CasStore.BlobCas.Hashing.XxHash;

/// <summary>XXH3 of 128 bits, of at most 240 bytes.</summary>
internal static class XxHash128Short
{
    public static UInt128 Hash(ReadOnlySpan<byte> input) => input.Length switch
    {
        0 => new UInt128(XxMath.Avalanche64(XxMath.Flip(80)), XxMath.Avalanche64(XxMath.Flip(64))),
        <= 3 => Of3(input),
        <= 8 => Of8(input),
        <= 16 => Of16(input),
        <= 128 => Of128(input),
        _ => Of240(input),
    };

    private static UInt128 Of3(ReadOnlySpan<byte> input)
    {
        var secret = XxMath.Secret;
        var low = XxHash3Short.Combine3(input);
        var high = BitOperations.RotateLeft(BinaryPrimitives.ReverseEndianness(low), 13);
        return new UInt128(
            XxMath.Avalanche64(high ^ (XxMath.Read32(secret, 8) ^ XxMath.Read32(secret, 12))),
            XxMath.Avalanche64(low ^ (XxMath.Read32(secret) ^ XxMath.Read32(secret, 4))));
    }

    private static UInt128 Of8(ReadOnlySpan<byte> input)
    {
        var keyed = (XxMath.Read32(input) + ((ulong)XxMath.Read32(input, input.Length - 4) << 32)) ^ XxMath.Flip(16);
        var high = Math.BigMul(keyed, XxMath.Prime64A + ((ulong)input.Length << 2), out var low);
        high += low << 1;
        low ^= high >> 3;
        low = (low ^ (low >> 35)) * XxMath.PrimeMx2;
        return new UInt128(XxMath.Avalanche(high), low ^ (low >> 28));
    }

    private static UInt128 Of16(ReadOnlySpan<byte> input)
    {
        var (first, last) = (XxMath.Read64(input), XxMath.Read64(input, input.Length - 8));
        var high = Math.BigMul(first ^ last ^ XxMath.Flip(32), XxMath.Prime64A, out var low);
        low += (ulong)(input.Length - 1) << 54;
        last ^= XxMath.Flip(48);
        high += last + ((uint)last * (ulong)(XxMath.Prime32B - 1));
        low ^= BinaryPrimitives.ReverseEndianness(high);
        var carried = Math.BigMul(low, XxMath.Prime64B, out var product);
        return new UInt128(
            XxMath.Avalanche(carried + (high * XxMath.Prime64B)), XxMath.Avalanche(product));
    }

    private static UInt128 Of128(ReadOnlySpan<byte> input)
    {
        var (low, high) = ((ulong)input.Length * XxMath.Prime64A, 0UL);
        for (var i = (input.Length - 1) / 32; i >= 0; i--)
            Mix32(ref low, ref high, input, 16 * i, input.Length - (16 * (i + 1)), 32 * i);
        return Finish(low, high, input.Length);
    }

    private static UInt128 Of240(ReadOnlySpan<byte> input)
    {
        var (low, high) = ((ulong)input.Length * XxMath.Prime64A, 0UL);
        for (var i = 0; i < 128; i += 32)
            Mix32(ref low, ref high, input, i, i + 16, i);
        (low, high) = (XxMath.Avalanche(low), XxMath.Avalanche(high));
        for (var i = 128; i + 32 <= input.Length; i += 32)
            Mix32(ref low, ref high, input, i, i + 16, i - 128 + 3);
        Mix32(ref low, ref high, input, input.Length - 16, input.Length - 32, 103);
        return Finish(low, high, input.Length);
    }

    private static void Mix32(
        ref ulong low, ref ulong high, ReadOnlySpan<byte> input, int first, int second, int secret)
    {
        low += XxMath.Mix16(input, first, secret);
        low ^= XxMath.Read64(input, second) + XxMath.Read64(input, second + 8);
        high += XxMath.Mix16(input, second, secret + 16);
        high ^= XxMath.Read64(input, first) + XxMath.Read64(input, first + 8);
    }

    private static UInt128 Finish(ulong low, ulong high, int length)
    {
        var mixed = (low * XxMath.Prime64A) + (high * XxMath.Prime64D) + ((ulong)length * XxMath.Prime64B);
        return new UInt128(0 - XxMath.Avalanche(mixed), XxMath.Avalanche(low + high));
    }
}
