using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using CasStore.Api.S3;

namespace CasStore.Api.Telemetry;

/// <summary>
/// One JSON line per S3 request in <c>logs/access.jsonl</c>, written in the background, ten times a second. Bounded:
/// when the disk cannot keep up, lines are dropped and counted, requests are not held up. Signatures never get into it.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int QueuedLines = 8192;
    private const long RotateAt = 64 << 20;
    private const int KeptFiles = 4;
    private const int BatchBytes = 64 * 1024;

    /// <summary>In names of query parameters whose values may prove who asks.</summary>
    private static readonly string[] Secret = ["Signature", "Token", "Credential"];

    /// <summary>To write each line as it comes would wake two threads for each request.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(QueuedLines) { SingleReader = true });

    private readonly RotatingFile _file;
    private readonly Task _writer;
    private long _dropped;

    private AccessLog(RotatingFile file)
    {
        _file = file;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Opens the log in a directory, which is made if need be.</summary>
    public static AccessLog Open(string directory)
    {
        Directory.CreateDirectory(directory);
        return new AccessLog(new RotatingFile(Path.Combine(directory, "access.jsonl"), RotateAt, KeptFiles));
    }

    public void Write(HttpContext http, RequestTrace trace, string rawTarget, TimeSpan elapsed)
    {
        if (!_lines.Writer.TryWrite(Line(http, trace, rawTarget, elapsed, Interlocked.Read(ref _dropped))))
            Interlocked.Increment(ref _dropped);
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writer;
    }

    private static byte[] Line(HttpContext http, RequestTrace trace, string rawTarget, TimeSpan elapsed, long dropped)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", DateTime.UtcNow);
            json.WriteString("requestId", trace.RequestIdText);
            json.WriteString("remote", http.Connection.RemoteIpAddress?.ToString());
            json.WriteString("accessKey", trace.Principal?.AccessKey);
            json.WriteString("actor", trace.Principal?.UserId);
            json.WriteString("method", http.Request.Method);
            json.WriteString("target", WithoutSignature(rawTarget));
            json.WriteString("operation", trace.Operation);
            json.WriteString("bucket", trace.Bucket);
            json.WriteString("key", trace.Key);
            json.WriteNumber("status", http.Response.StatusCode);
            json.WriteString("error", trace.ErrorCode);
            json.WriteNumber("bytesReceived", http.Request.ContentLength ?? 0);
            json.WriteNumber("bytesSent", http.Response.ContentLength ?? 0);
            json.WriteNumber("milliseconds", Math.Round(elapsed.TotalMilliseconds, 3));
            json.WriteString("userAgent", http.Request.Headers.UserAgent.ToString());
            if (dropped > 0)
                json.WriteNumber("linesDropped", dropped);
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>A presigned URL is a credential for as long as it is valid.</summary>
    internal static string WithoutSignature(string rawTarget)
    {
        var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return rawTarget;
        var kept = rawTarget[(question + 1)..].Split('&').Select(pair =>
        {
            var name = pair.Split('=')[0];
            return Array.Exists(Secret, part => name.Contains(part, StringComparison.OrdinalIgnoreCase))
                ? $"{name}=…"
                : pair;
        });
        return $"{rawTarget[..question]}?{string.Join('&', kept)}";
    }

    private async Task WriteAsync()
    {
        var batch = new ArrayBufferWriter<byte>(BatchBytes);
        while (await _lines.Reader.WaitToReadAsync())
        {
            // Ends at once when no more lines come.
            await Task.WhenAny(_lines.Reader.Completion, Task.Delay(Interval));
            var count = 0;
            for (; batch.WrittenCount < BatchBytes && _lines.Reader.TryRead(out var line); count++)
                batch.Write(line);
            try
            {
                await _file.AppendAsync(batch.WrittenMemory);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A full disk must not end the store's service; the next line tells how many are missing.
                Interlocked.Add(ref _dropped, count);
            }
            batch.ResetWrittenCount();
        }
        _file.Dispose();
    }
}
