using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>A TCP connection to the server, for requests that no HTTP client would send.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What was received and is not of an answer that was read already.</summary>
    private byte[] _received = [];

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes)..];
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Says that nothing more will be sent, and keeps reading.</summary>
    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Cuts the connection at once, with a reset.</summary>
    public void Cut()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>
    /// Reads one answer, which to a HEAD has no body; null when the server closes or resets the connection without one.
    /// </summary>
    public async Task<RawResponse?> ReadResponseAsync(bool toHead = false)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (TryTake(toHead, ended: false) is { } whole)
                return whole;
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            }
            catch (SocketException)
            {
                count = 0;
            }
            if (count == 0)
                return TryTake(toHead, ended: true);
            _received = [.. _received, .. buffer.AsSpan(0, count)];
        }
    }

    /// <summary>The first line that the server sends, an interim one too.</summary>
    public async Task<string> ReadFirstLineAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        var count = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
        return Encoding.ASCII.GetString(buffer, 0, count).Split("\r\n")[0];
    }

    /// <summary>All that the server sends until it closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer.AsMemory(), limit.Token) is > 0 and var count)
            received.AddRange(buffer.AsSpan(0, count));
        return Encoding.ASCII.GetString([.. received]);
    }

    public void Dispose() => socket.Dispose();

    /// <summary>Takes the answer that was received, and leaves what follows: it is of the next.</summary>
    private RawResponse? TryTake(bool toHead, bool ended)
    {
        var end = _received.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var lines = Encoding.ASCII.GetString(_received, 0, end).Split("\r\n");
        var body = _received[(end + 4)..];
        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        if (status == 100)
        {
            _received = body;
            return TryTake(toHead, ended);
        }
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .GroupBy(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => string.Join(", ", g), StringComparer.OrdinalIgnoreCase);
        if (toHead || status is 204 or 304)
        {
            _received = body;
            return new RawResponse(status, headers, []);
        }
        if (headers.TryGetValue("Content-Length", out var stated)
            && int.Parse(stated, CultureInfo.InvariantCulture) is var length && body.Length >= length)
        {
            _received = body[length..];
            return new RawResponse(status, headers, body[..length]);
        }
        var chunked = headers.ContainsKey("Transfer-Encoding") && body.AsSpan().EndsWith("0\r\n\r\n"u8);
        if (!chunked && !ended)
            return null;
        _received = [];
        return new RawResponse(status, headers, chunked ? Unchunk(body) : body);
    }

    private static byte[] Unchunk(byte[] body)
    {
        var whole = new List<byte>();
        var rest = body.AsSpan();
        while (rest.IndexOf("\r\n"u8) is >= 0 and var line)
        {
            var size = int.Parse(Encoding.ASCII.GetString(rest[..line]), NumberStyles.HexNumber,
                CultureInfo.InvariantCulture);
            if (size == 0)
                break;
            whole.AddRange(rest.Slice(line + 2, size));
            rest = rest[(line + 2 + size + 2)..];
        }
        return [.. whole];
    }
}
