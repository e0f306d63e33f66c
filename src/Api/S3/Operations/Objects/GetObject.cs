using CasStore.Api.Hosting.Transport;
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
        // Small blobs are sent with their headers, in one piece. Only HTTP/1.1 has the connection to itself.
        var direct = reader.HasFile && HttpProtocol.IsHttp11(request.Http.Request.Protocol)
            ? request.Http.Features.Get<IBlobOutput>()
            : null;
        if (direct is not null)
            await request.Response.StartAsync(request.Cancel);
        var (offset, end) = (range.Offset, range.Offset + range.Length);
        while (offset < end)
        {
            var count = (int)Math.Min(direct is null ? BufferSize : SocketOutput.BlobBytes, end - offset);
            direct?.Announce(reader, offset, count);
            var buffer = output.GetMemory(count);
            if (direct?.Accepts(buffer) != true)
                count = await reader.ReadAsync(offset, buffer[..count], request.Cancel);
            if (count == 0)
                throw new InvalidDataException($"Blob {blob} ends at {offset}; byte {end - 1} of it is referenced.");
            output.Advance(count);
            offset += count;
            var flushed = await output.FlushAsync(request.Cancel);
            if (flushed.IsCompleted)
                request.Http.Abort();
        }
    }
}
