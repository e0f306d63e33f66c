using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CasStore.BlobCas.Hashing;

/// <summary>Hashes many equally long inputs with the widest kernel there is.</summary>
[SkipLocalsInit]
internal static unsafe class Blake3Lanes
{
    public const int ChunkSize = 1024;

    /// <summary>Chunks hashed in one go at most: bounds the stack used for their chaining values (8 KiB).</summary>
    public const int MaxSubtreeChunks = 256;

    // Below these counts a padded wide kernel is slower than one input after the other.
    private const int LeastFor8 = 3;
    private const int LeastFor16 = 9;

    public static Blake3Level Best { get; } =
        Avx512F.IsSupported ? Blake3Level.Avx512 : Avx2.IsSupported ? Blake3Level.Avx2 : Blake3Level.Portable;

    /// <summary>Hashes a subtree of a power of two of chunks (at least 2) down to its two topmost nodes.</summary>
    public static void SubtreeToPair(Blake3Level level, byte* input, int chunks, uint* key, ulong counter, uint* pair)
    {
        byte* nodes = stackalloc byte[MaxSubtreeChunks * BlobDigest.Size];
        HashChunks(level, input, chunks, key, counter, nodes);
        var parents = new Blake3Inputs
        {
            Key = key,
            Stride = 64,
            Blocks = 1,
            Counts = false,
            Flags = Blake3Compression.Parent,
        };
        for (var left = chunks / 2; left >= 2; left /= 2)
            HashMany(level, parents, nodes, left, 0, nodes);
        Unsafe.CopyBlockUnaligned(pair, nodes, 64);
    }

    /// <summary>Hashes whole chunks into their chaining values.</summary>
    public static void HashChunks(Blake3Level level, byte* input, int chunks, uint* key, ulong counter, byte* output)
    {
        var inputs = new Blake3Inputs
        {
            Key = key,
            Stride = ChunkSize,
            Blocks = ChunkSize / 64,
            Counts = true,
            Flags = 0,
            FirstFlags = Blake3Compression.ChunkStart,
            LastFlags = Blake3Compression.ChunkEnd,
        };
        HashMany(level, inputs, input, chunks, counter, output);
    }

    // The output may overlap the input's start: every kernel reads all of its lanes before it writes.
    private static void HashMany(
        Blake3Level level, in Blake3Inputs inputs, byte* input, int count, ulong counter, byte* output)
    {
        var wide = level == Blake3Level.Avx512 && Avx512F.IsSupported;
        var narrow = level >= Blake3Level.Avx2 && Avx2.IsSupported;
        while (count > 0)
        {
            int done;
            if (wide && count >= LeastFor16)
            {
                done = Math.Min(count, 16);
                if (done == 16)
                    Blake3Kernels.Hash16(inputs, input, counter, output);
                else
                    HashPadded(inputs, input, done, 16, counter, output);
            }
            else if (narrow && count >= LeastFor8)
            {
                done = Math.Min(count, 8);
                if (done == 8)
                    Blake3Kernels.Hash8(inputs, input, counter, output);
                else
                    HashPadded(inputs, input, done, 8, counter, output);
            }
            else
            {
                done = 1;
                HashOne(inputs, input, counter, output);
            }
            count -= done;
            input += inputs.Stride * (nuint)done;
            output += BlobDigest.Size * done;
            counter += inputs.Counts ? (ulong)done : 0;
        }
    }

    /// <summary>Fewer inputs than lanes: copied where a whole kernel's reading stays in bounds.</summary>
    private static void HashPadded(
        in Blake3Inputs inputs, byte* input, int count, int lanes, ulong counter, byte* output)
    {
        byte* padded = stackalloc byte[16 * ChunkSize];
        byte* digests = stackalloc byte[16 * BlobDigest.Size];
        Unsafe.CopyBlockUnaligned(padded, input, (uint)inputs.Stride * (uint)count);
        if (lanes == 16)
            Blake3Kernels.Hash16(inputs, padded, counter, digests);
        else
            Blake3Kernels.Hash8(inputs, padded, counter, digests);
        Unsafe.CopyBlockUnaligned(output, digests, (uint)(count * BlobDigest.Size));
    }

    private static void HashOne(in Blake3Inputs inputs, byte* input, ulong counter, byte* output)
    {
        uint* chaining = stackalloc uint[8];
        Unsafe.CopyBlockUnaligned(chaining, inputs.Key, BlobDigest.Size);
        var flags = inputs.Flags | inputs.FirstFlags;
        for (var b = 0; b < inputs.Blocks; b++)
        {
            if (b + 1 == inputs.Blocks)
                flags |= inputs.LastFlags;
            Blake3Compression.Compress(chaining, (uint*)(input + (b * 64)), counter, 64, flags, chaining);
            flags = inputs.Flags;
        }
        Unsafe.CopyBlockUnaligned(output, chaining, BlobDigest.Size);
    }
}
