using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CasStore.BlobCas.Hashing;

/// <summary>
/// The state of one BLAKE3 hash: the chunk being filled, and a stack of the finished subtrees' chaining values
/// (specification, sections 2.1 and 5.1.2). A value type, so that a one-shot hash allocates nothing.
/// </summary>
[SkipLocalsInit]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Blake3State
{
    private const int BlockSize = 64;

    // 2^64 bytes are 2^54 chunks; merging is lazy by one push of two nodes.
    private const int MaxDepth = 56;

    private fixed uint _key[8];
    private fixed uint _chaining[8];
    private fixed byte _block[BlockSize];
    private fixed uint _stack[8 * MaxDepth];
    private Blake3Level _level;
    private int _depth;
    private int _blockLength;
    private int _blocksDone;
    private ulong _chunksDone;

    public void Reset(Blake3Level level)
    {
        _level = level;
        _depth = 0;
        _chunksDone = 0;
        for (var i = 0; i < 8; i++)
            _key[i] = Blake3Compression.InitialVector[i];
        StartChunk();
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return;
        fixed (byte* start = data)
        fixed (uint* key = _key)
            Append(start, data.Length, key);
    }

    /// <summary>Writes the digest of what was appended so far; more may be appended after.</summary>
    public void Finish(Span<byte> digest)
    {
        uint* block = stackalloc uint[16];
        uint* chaining = stackalloc uint[8];
        uint* parent = stackalloc uint[8];
        fixed (uint* stack = _stack, key = _key, current = _chaining)
        fixed (byte* filled = _block)
        {
            var (left, length, flags, counter) = (_depth, (uint)BlockSize, Blake3Compression.Parent, 0UL);
            if (_depth == 0 || ChunkLength > 0)
            {
                new Span<byte>(filled + _blockLength, BlockSize - _blockLength).Clear();
                Unsafe.CopyBlockUnaligned(block, filled, BlockSize);
                Unsafe.CopyBlockUnaligned(chaining, current, BlobDigest.Size);
                (length, counter) = ((uint)_blockLength, _chunksDone);
                flags = FirstBlockFlag | Blake3Compression.ChunkEnd;
            }
            else
            {
                left -= 2;
                Unsafe.CopyBlockUnaligned(block, stack + (left * 8), BlockSize);
                Unsafe.CopyBlockUnaligned(chaining, key, BlobDigest.Size);
            }
            while (left-- > 0)
            {
                Blake3Compression.Compress(chaining, block, counter, length, flags, parent);
                Unsafe.CopyBlockUnaligned(block, stack + (left * 8), BlobDigest.Size);
                Unsafe.CopyBlockUnaligned(block + 8, parent, BlobDigest.Size);
                Unsafe.CopyBlockUnaligned(chaining, key, BlobDigest.Size);
                (length, flags, counter) = (BlockSize, Blake3Compression.Parent, 0);
            }
            Blake3Compression.Compress(chaining, block, counter, length, flags | Blake3Compression.Root, parent);
        }
        new ReadOnlySpan<byte>(parent, BlobDigest.Size).CopyTo(digest);
    }

    private readonly int ChunkLength => (_blocksDone * BlockSize) + _blockLength;

    private readonly uint FirstBlockFlag => _blocksDone == 0 ? Blake3Compression.ChunkStart : 0;

    // The two topmost nodes, or the last chunk, are left unmerged: only Finish knows that they make the root.
    private void Append(byte* data, long length, uint* key)
    {
        uint* nodes = stackalloc uint[16];
        if (ChunkLength > 0)
        {
            var taken = (int)Math.Min(Blake3Lanes.ChunkSize - ChunkLength, length);
            FillChunk(data, taken);
            data += taken;
            length -= taken;
            if (length == 0)
                return;
            FinishChunk(nodes);
            Push(nodes, _chunksDone++, key);
            StartChunk();
        }
        while (length > Blake3Lanes.ChunkSize)
        {
            var chunks = NextSubtree(length);
            if (chunks == 1)
            {
                Blake3Lanes.HashChunks(_level, data, 1, key, _chunksDone, (byte*)nodes);
                Push(nodes, _chunksDone, key);
            }
            else
            {
                Blake3Lanes.SubtreeToPair(_level, data, chunks, key, _chunksDone, nodes);
                Push(nodes, _chunksDone, key);
                Push(nodes + 8, _chunksDone + ((ulong)chunks / 2), key);
            }
            _chunksDone += (ulong)chunks;
            data += chunks * Blake3Lanes.ChunkSize;
            length -= chunks * Blake3Lanes.ChunkSize;
        }
        if (length == 0)
            return;
        FillChunk(data, (int)length);
        MergeTo(_chunksDone, key);
    }

    /// <summary>The largest whole subtree that may start here and that the data fills, in chunks.</summary>
    private readonly int NextSubtree(long length)
    {
        var chunks = (ulong)Math.Min(length / Blake3Lanes.ChunkSize, Blake3Lanes.MaxSubtreeChunks);
        var largest = 1UL << BitOperations.Log2(chunks);
        while (((largest - 1) & _chunksDone) != 0)
            largest >>= 1;
        return (int)largest;
    }

    private void StartChunk()
    {
        for (var i = 0; i < 8; i++)
            _chaining[i] = _key[i];
        _blockLength = 0;
        _blocksDone = 0;
    }

    private void FillChunk(byte* data, int length)
    {
        fixed (uint* chaining = _chaining)
        fixed (byte* block = _block)
        {
            while (length > 0)
            {
                if (_blockLength == BlockSize)
                {
                    Blake3Compression.Compress(
                        chaining, (uint*)block, _chunksDone, BlockSize, FirstBlockFlag, chaining);
                    _blocksDone++;
                    _blockLength = 0;
                }
                var taken = Math.Min(BlockSize - _blockLength, length);
                Unsafe.CopyBlockUnaligned(block + _blockLength, data, (uint)taken);
                _blockLength += taken;
                data += taken;
                length -= taken;
            }
        }
    }

    private void FinishChunk(uint* node)
    {
        fixed (uint* chaining = _chaining)
        fixed (byte* block = _block)
        {
            var flags = FirstBlockFlag | Blake3Compression.ChunkEnd;
            Blake3Compression.Compress(chaining, (uint*)block, _chunksDone, (uint)_blockLength, flags, node);
        }
    }

    private void Push(uint* node, ulong chunksBefore, uint* key)
    {
        MergeTo(chunksBefore, key);
        fixed (uint* stack = _stack)
            Unsafe.CopyBlockUnaligned(stack + (8 * _depth++), node, BlobDigest.Size);
    }

    /// <summary>Merges complete subtrees: as many nodes stay as the number of chunks has one bits.</summary>
    private void MergeTo(ulong chunks, uint* key)
    {
        fixed (uint* stack = _stack)
        {
            for (var nodes = BitOperations.PopCount(chunks); _depth > nodes; _depth--)
            {
                var pair = stack + (8 * (_depth - 2));
                Blake3Compression.Compress(key, pair, 0, BlockSize, Blake3Compression.Parent, pair);
            }
        }
    }
}
