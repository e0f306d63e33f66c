using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CasStore.BlobCas.Hashing;

/// <summary>BLAKE3's compression function for a single block (specification, section 2.2).</summary>
[SkipLocalsInit]
internal static unsafe class Blake3Compression
{
    public const uint ChunkStart = 1;
    public const uint ChunkEnd = 2;
    public const uint Parent = 4;
    public const uint Root = 8;

    public static ReadOnlySpan<uint> InitialVector =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    /// <summary>The message permutation, applied 0 to 6 times.</summary>
    private static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];

    /// <summary>
    /// Compresses one block of 16 words under a chaining value of 8 words into the first 8 words of output, which may
    /// be the chaining value's own place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(uint* chaining, uint* block, ulong counter, uint length, uint flags, uint* output)
    {
        var a = Vector128.Load(chaining);
        var b = Vector128.Load(chaining + 4);
        var c = Vector128.Create(0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A);
        var d = Vector128.Create((uint)counter, (uint)(counter >> 32), length, flags);
        fixed (byte* schedule = Schedule)
        {
            for (var s = schedule; s < schedule + Schedule.Length; s += 16)
            {
                var even = Vector128.Create(block[s[0]], block[s[2]], block[s[4]], block[s[6]]);
                var odd = Vector128.Create(block[s[1]], block[s[3]], block[s[5]], block[s[7]]);
                Mix(ref a, ref b, ref c, ref d, even, odd);
                b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
                even = Vector128.Create(block[s[8]], block[s[10]], block[s[12]], block[s[14]]);
                odd = Vector128.Create(block[s[9]], block[s[11]], block[s[13]], block[s[15]]);
                Mix(ref a, ref b, ref c, ref d, even, odd);
                b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
            }
        }
        (a ^ c).Store(output);
        (b ^ d).Store(output + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector128<uint> a,
        ref Vector128<uint> b,
        ref Vector128<uint> c,
        ref Vector128<uint> d,
        Vector128<uint> even,
        Vector128<uint> odd)
    {
        a = a + b + even;
        d = Rotate(d ^ a, 16);
        c += d;
        b = Rotate(b ^ c, 12);
        a = a + b + odd;
        d = Rotate(d ^ a, 8);
        c += d;
        b = Rotate(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> value, int bits) =>
        Vector128.ShiftRightLogical(value, bits) | Vector128.ShiftLeft(value, 32 - bits);
}
