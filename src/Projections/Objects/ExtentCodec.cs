using System.Buffers.Binary;
using CasStore.BlobCas;
using CasStore.Events.Objects;

namespace CasStore.Projections.Objects;

/// <summary>Extents as a column: 48 bytes each, digest (32), offset (8) and length (8), big-endian.</summary>
internal static class ExtentCodec
{
    private const int Size = BlobDigest.Size + 2 * sizeof(long);

    public static byte[] Encode(IReadOnlyList<Extent> extents)
    {
        var bytes = new byte[extents.Count * Size];
        for (var i = 0; i < extents.Count; i++)
        {
            var entry = bytes.AsSpan(i * Size, Size);
            extents[i].Blob.CopyTo(entry);
            BinaryPrimitives.WriteInt64BigEndian(entry[BlobDigest.Size..], extents[i].Offset);
            BinaryPrimitives.WriteInt64BigEndian(entry[(BlobDigest.Size + sizeof(long))..], extents[i].Length);
        }
        return bytes;
    }

    public static Extent[] Decode(ReadOnlySpan<byte> bytes)
    {
        var extents = new Extent[bytes.Length / Size];
        for (var i = 0; i < extents.Length; i++)
        {
            var entry = bytes.Slice(i * Size, Size);
            extents[i] = new Extent(
                new BlobDigest(entry[..BlobDigest.Size]),
                BinaryPrimitives.ReadInt64BigEndian(entry[BlobDigest.Size..]),
                BinaryPrimitives.ReadInt64BigEndian(entry[(BlobDigest.Size + sizeof(long))..]));
        }
        return extents;
    }
}
