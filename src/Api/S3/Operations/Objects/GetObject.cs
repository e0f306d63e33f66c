using CasStore.Api.S3.Headers;
using CasStore.BlobCas;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>Sends an object. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</summary>
public static class GetObject
{
    /// <summary>Bytes read from disk at a time: large enough for the disk, small enough for many connections.</summary>
    private const int BufferSize = 64 * 1024;

    public static async Task ExecuteAsync(S3Request request) =>
        await SendAsync(request, await ObjectRead.PrepareAsync(request));

    /// <summary>Sends bytes of an object, whose headers are written.</summary>
    public static async Task SendAsync(S3Request request, ObjectRead read)
    {
        var (found, range) = read;
        var position = 0L;
        foreach (var extent in found.Content.Extents)
        {
            // The overlap of this extent, which starts at position, with the range.
            var from = Math.Max(range.Offset - position, 0);
            var to = Math.Min(range.Offset + range.Length - position, extent.Length);
            if (from < to)
                await SendAsync(request, extent.Blob, new ByteRange(extent.Offset + from, to - from));
            position += extent.Length;
        }
    }

    private static async Task SendAsync(S3Request request, BlobDigest blob, ByteRange range)
    {
        using var reader = request.Blobs.OpenRead(blob);
        var output = request.Response.BodyWriter;
        var (offset, end) = (range.Offset, range.Offset + range.Length);
        while (offset < end)
        {
            var buffer = output.GetMemory((int)Math.Min(BufferSize, end - offset));
            var wanted = (int)Math.Min(Math.Min(buffer.Length, BufferSize), end - offset);
            var read = await reader.ReadAsync(offset, buffer[..wanted], request.Cancel);
            if (read == 0)
                throw new InvalidDataException($"Blob {blob} ends at {offset}; byte {end - 1} of it is referenced.");
            output.Advance(read);
            offset += read;
            var flushed = await output.FlushAsync(request.Cancel);
            if (flushed.IsCompleted)
                request.Http.Abort();
        }
    }
}
