using System.Buffers;
using System.Security.Cryptography;
using CasStore.Api.S3.Bodies;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Reads bytes that are in the store already, for hashes that it does not have of them.</summary>
public static class StoredBytes
{
    private const int BufferSize = 128 * 1024;

    /// <summary>MD5, and a checksum if asked, of a run of extents.</summary>
    public static async Task<(string ETag, ObjectChecksum? Checksum)> HashAsync(
        S3Request request, IEnumerable<Extent> extents, ChecksumAlgorithm? algorithm)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sum = algorithm is { } wanted ? Checksum.Create(wanted) : null;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (var extent in extents)
            {
                using var reader = request.Blobs.OpenRead(extent.Blob);
                var (offset, end) = (extent.Offset, extent.Offset + extent.Length);
                while (offset < end)
                {
                    var wantedBytes = (int)Math.Min(buffer.Length, end - offset);
                    var read = await reader.ReadAsync(offset, buffer.AsMemory(0, wantedBytes), request.Cancel);
                    if (read == 0)
                        throw new InvalidDataException($"Blob {extent.Blob} ends at {offset}; {end} is referenced.");
                    md5.AppendData(buffer, 0, read);
                    sum?.Append(buffer.AsSpan(0, read));
                    offset += read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return (Convert.ToHexStringLower(md5.GetHashAndReset()), sum is null ? null : new ObjectChecksum(
            algorithm!.Value.Name(), Convert.ToBase64String(sum.Finish()), "FULL_OBJECT"));
    }
}
