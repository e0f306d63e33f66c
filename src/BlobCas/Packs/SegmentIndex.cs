using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;
using Microsoft.Win32.SafeHandles;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The index of a segment that is no longer written to: a header of 64 bytes, where each of the 4096 partitions begins,
/// 16 more bits of each digest (all that opening the store reads), then the records by digest, 40 bytes each.
/// </summary>
internal static class SegmentIndex
{
    private const ulong Magic = 0x3130_5849_4B50_5343; // "CSPKIX01"
    private const int HeaderSize = 64;
    private const int CheckedSize = 56;
    private const int FanoutSize = (SlotTable.Partitions + 1) * sizeof(uint);
    private const int TagsAt = HeaderSize + FanoutSize;
    private const int EntrySize = BlobDigest.Size + (2 * sizeof(uint));

    /// <summary>Writes the index durably; it is there whole or not at all.</summary>
    public static void Write(string path, IndexSummary summary, IReadOnlyList<(BlobDigest Digest, RecordPlace)> entries)
    {
        var bytes = new byte[EntriesAt(entries.Count) + ((long)entries.Count * EntrySize)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), summary.Incarnation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), summary.End);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), summary.Records);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), entries.Count);
        var starts = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(HeaderSize, FanoutSize));
        for (var i = 0; i < entries.Count; i++)
        {
            var (digest, place) = entries[i];
            starts[SlotTable.PartitionOf(digest) + 1]++;
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(TagsAt + (2 * i)), SlotTable.TagOf(digest));
            var entry = bytes.AsSpan(EntriesAt(entries.Count) + (i * EntrySize), EntrySize);
            digest.CopyTo(entry);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[32..], place.Ordinal);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[36..], place.Unit);
        }
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        BinaryPrimitives.WriteUInt64LittleEndian(
            bytes.AsSpan(CheckedSize), Check(bytes.AsSpan(0, EntriesAt(entries.Count))));
        var temporary = path + ".new";
        using (var file = Posix.OpenReadWrite(temporary, create: true))
        {
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, bytes, 0);
            Posix.Flush(file, temporary);
        }
        File.Move(temporary, path, overwrite: true);
        Posix.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Reads what opening the store needs; null when there is no index, or it is damaged.</summary>
    public static IndexSummary? ReadSummary(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = Posix.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (RandomAccess.Read(file, header, 0) != HeaderSize
            || BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
        {
            return null;
        }
        var count = BinaryPrimitives.ReadInt32LittleEndian(header[28..]);
        if (count < 0 || RandomAccess.GetLength(file) != EntriesAt(count) + ((long)count * EntrySize))
            return null;
        var bytes = new byte[EntriesAt(count)];
        if (RandomAccess.Read(file, bytes, 0) != bytes.Length
            || Check(bytes) != BinaryPrimitives.ReadUInt64LittleEndian(header[CheckedSize..]))
        {
            return null;
        }
        return new IndexSummary(
            BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[24..]))
        {
            Starts = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(HeaderSize, FanoutSize)).ToArray(),
            Tags = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan(TagsAt, 2 * count)).ToArray(),
        };
    }

    public static bool TryFind(SafeFileHandle file, BlobDigest digest, out RecordPlace place)
    {
        foreach (var (found, at) in Read(file, SlotTable.PartitionOf(digest), 1))
        {
            if (found == digest)
            {
                place = at;
                return true;
            }
        }
        place = default;
        return false;
    }

    /// <summary>The records of some partitions, by digest.</summary>
    public static (BlobDigest Digest, RecordPlace Place)[] Read(SafeFileHandle file, int partition, int partitions)
    {
        Span<byte> bounds = stackalloc byte[sizeof(uint)];
        ReadWhole(file, bounds, HeaderSize + FanoutSize - sizeof(uint));
        var count = BinaryPrimitives.ReadInt32LittleEndian(bounds);
        ReadWhole(file, bounds, HeaderSize + (partition * sizeof(uint)));
        var from = BinaryPrimitives.ReadInt32LittleEndian(bounds);
        ReadWhole(file, bounds, HeaderSize + ((partition + partitions) * sizeof(uint)));
        var to = BinaryPrimitives.ReadInt32LittleEndian(bounds);
        if (from < 0 || to < from || to > count)
            throw new InvalidDataException("The index of a segment is damaged.");
        var bytes = new byte[(to - from) * EntrySize];
        ReadWhole(file, bytes, EntriesAt(count) + ((long)from * EntrySize));
        var entries = new (BlobDigest, RecordPlace)[to - from];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = bytes.AsSpan(i * EntrySize, EntrySize);
            entries[i] = (new BlobDigest(entry[..BlobDigest.Size]), new RecordPlace(
                BinaryPrimitives.ReadUInt32LittleEndian(entry[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(entry[36..])));
        }
        return entries;
    }

    private static int EntriesAt(int count) => (TagsAt + (2 * count) + 7) & -8;

    private static void ReadWhole(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        if (RandomAccess.Read(file, bytes, offset) != bytes.Length)
            throw new InvalidDataException("The index of a segment is cut short.");
    }

    // The check's own place is left out.
    private static ulong Check(ReadOnlySpan<byte> bytes)
    {
        var crc = ReflectedCrc.Crc64Nvme;
        return crc.Finish(crc.Append(crc.Append(crc.Start, bytes[..CheckedSize]), bytes[HeaderSize..]));
    }
}
