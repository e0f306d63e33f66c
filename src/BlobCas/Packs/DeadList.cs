using System.Buffers.Binary;
using CasStore.BlobCas.Hashing;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>
/// The records of a segment that are dead, in a file beside it that is only appended to: 16 bytes each, the ordinal,
/// how many units the record takes, and a CRC-64 over both and the incarnation. Live bytes are never written over to
/// delete.
/// </summary>
internal static class DeadList
{
    private const int EntrySize = 16;

    /// <summary>Appends and flushes. An entry that is there already does no harm.</summary>
    public static void Append(string path, ulong incarnation, IReadOnlyList<(uint Ordinal, int Units)> dead)
    {
        var isNew = !File.Exists(path);
        using (var file = Posix.OpenReadWrite(path, create: true))
        {
            var bytes = new byte[dead.Count * EntrySize];
            for (var i = 0; i < dead.Count; i++)
                Write(bytes.AsSpan(i * EntrySize), incarnation, dead[i].Ordinal, dead[i].Units);
            // What a crash or a full disk cut short is written over.
            RandomAccess.Write(file, bytes, RandomAccess.GetLength(file) / EntrySize * EntrySize);
            Posix.FlushData(file, path);
        }
        if (isNew)
            Posix.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>The whole entries of this incarnation.</summary>
    public static IEnumerable<(uint Ordinal, int Units)> Read(string path, ulong incarnation)
    {
        if (!File.Exists(path))
            yield break;
        var bytes = File.ReadAllBytes(path);
        var expected = new byte[EntrySize];
        for (var at = 0; at + EntrySize <= bytes.Length; at += EntrySize)
        {
            var ordinal = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            var units = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
            Write(expected, incarnation, ordinal, units);
            if (bytes.AsSpan(at, EntrySize).SequenceEqual(expected))
                yield return (ordinal, units);
        }
    }

    private static void Write(Span<byte> entry, ulong incarnation, uint ordinal, int units)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, ordinal);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], units);
        Span<byte> salt = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(salt, incarnation);
        var crc = ReflectedCrc.Crc64Nvme;
        var check = crc.Finish(crc.Append(crc.Append(crc.Start, salt), entry[..8]));
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], check);
    }
}
