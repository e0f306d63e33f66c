using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CasStore.BlobCas.Hashing;

/// <summary>
/// A bit-reflected CRC of at most 64 bits that starts from ones and ends inverted. Bit 63 of a register is x^0. A CRC
/// of 32 bits by the polynomial P runs as one of 64 by x^32 P, whose register is the 32-bit one: all share this code.
/// </summary>
internal sealed class ReflectedCrc
{
    public static readonly ReflectedCrc Crc32 = new(0xEDB88320, sizeof(uint));
    public static readonly ReflectedCrc Crc32C = new(0x82F63B78, sizeof(uint));
    public static readonly ReflectedCrc Crc64Nvme = new(0x9A6C9329AC4BC9B5, sizeof(ulong));

    private const int FoldedBytes = 128;

    private readonly ulong _polynomial;

    // Eight tables of 256: the effect of a byte followed by 0 to 7 zero bytes.
    private readonly ulong[] _tables = new ulong[8 * 256];
    private readonly Vector128<ulong> _foldBy16;
    private readonly Vector128<ulong> _foldBy128;

    private ReflectedCrc(ulong polynomial, int size)
    {
        _polynomial = polynomial;
        Size = size;
        Start = size == sizeof(uint) ? uint.MaxValue : ulong.MaxValue;
        for (var i = 0; i < 256; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                crc = TimesX(crc);
            _tables[i] = crc;
        }
        for (var i = 256; i < _tables.Length; i++)
            _tables[i] = (_tables[i - 256] >> 8) ^ _tables[(byte)_tables[i - 256]];
        _foldBy16 = FoldBy(128);
        _foldBy128 = FoldBy(8 * FoldedBytes);
    }

    /// <summary>Bytes of the checksum.</summary>
    public int Size { get; }

    /// <summary>The register before the first byte.</summary>
    public ulong Start { get; }

    /// <summary>The checksum that a register stands for.</summary>
    public ulong Finish(ulong register) => register ^ Start;

    /// <summary>The register after more bytes.</summary>
    public ulong Append(ulong register, ReadOnlySpan<byte> data) =>
        Pclmulqdq.IsSupported && data.Length >= 2 * FoldedBytes
            ? AppendFolding(register, data)
            : AppendByTable(register, data);

    /// <summary>The checksum of A followed by B, of the checksums of both and the length of B in bytes.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength) =>
        Multiply(first, XToTheBytes(secondLength)) ^ second;

    internal ulong AppendByTable(ulong register, ReadOnlySpan<byte> data)
    {
        var t = _tables;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            var x = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = t[0x700 + (byte)x] ^ t[0x600 + (byte)(x >> 8)]
                ^ t[0x500 + (byte)(x >> 16)] ^ t[0x400 + (byte)(x >> 24)]
                ^ t[0x300 + (byte)(x >> 32)] ^ t[0x200 + (byte)(x >> 40)]
                ^ t[0x100 + (byte)(x >> 48)] ^ t[(byte)(x >> 56)];
        }
        foreach (var b in data)
            register = (register >> 8) ^ t[(byte)(register ^ b)];
        return register;
    }

    /// <summary>
    /// Folds by carry-less multiplication (Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
    /// Instruction", Intel, 2009): eight accumulators of 16 bytes, then one, whose remainder the tables take.
    /// </summary>
    internal ulong AppendFolding(ulong register, ReadOnlySpan<byte> data)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(data);
        var a0 = vectors[0] ^ Vector128.CreateScalar(register);
        var (a1, a2, a3, a4) = (vectors[1], vectors[2], vectors[3], vectors[4]);
        var (a5, a6, a7) = (vectors[5], vectors[6], vectors[7]);
        var by = _foldBy128;
        var done = 8;
        for (; done + 8 <= vectors.Length; done += 8)
        {
            var next = vectors.Slice(done, 8);
            a0 = Fold(a0, by, next[0]);
            a1 = Fold(a1, by, next[1]);
            a2 = Fold(a2, by, next[2]);
            a3 = Fold(a3, by, next[3]);
            a4 = Fold(a4, by, next[4]);
            a5 = Fold(a5, by, next[5]);
            a6 = Fold(a6, by, next[6]);
            a7 = Fold(a7, by, next[7]);
        }
        by = _foldBy16;
        a3 = Fold(Fold(Fold(a0, by, a1), by, a2), by, a3);
        a7 = Fold(Fold(Fold(Fold(a3, by, a4), by, a5), by, a6), by, a7);
        Span<byte> rest = stackalloc byte[16];
        a7.AsByte().CopyTo(rest);
        return AppendByTable(AppendByTable(0, rest), data[(done * 16)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Fold(Vector128<ulong> folded, Vector128<ulong> by, Vector128<ulong> next) =>
        Pclmulqdq.CarrylessMultiply(folded, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(folded, by, 0x11) ^ next;

    // Reflected operands leave a product one bit short: hence the -1.
    private Vector128<ulong> FoldBy(int bits) => Vector128.Create(XToThe(bits + 64 - 1), XToThe(bits - 1));

    private ulong TimesX(ulong value) => (value >> 1) ^ ((value & 1) != 0 ? _polynomial : 0);

    private ulong XToThe(int exponent)
    {
        var power = 1UL << 63;
        while (exponent-- > 0)
            power = TimesX(power);
        return power;
    }

    private ulong XToTheBytes(long bytes)
    {
        var (power, square) = (XToThe(0), XToThe(8));
        for (; bytes > 0; bytes >>= 1)
        {
            if ((bytes & 1) != 0)
                power = Multiply(power, square);
            square = Multiply(square, square);
        }
        return power;
    }

    private ulong Multiply(ulong a, ulong b)
    {
        var product = 0UL;
        for (; b != 0; b <<= 1)
        {
            if ((b & (1UL << 63)) != 0)
                product ^= a;
            a = TimesX(a);
        }
        return product;
    }
}
