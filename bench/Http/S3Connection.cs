using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CasStore.Bench.Http;

/// <summary>
/// A keep-alive connection that sends signed requests one after another. It knows just enough of HTTP for this store's
/// answers (bodies with a length), so that little of the machine goes to the load generator.
/// </summary>
internal sealed class S3Connection : IDisposable
{
    private const int LargestResponse = 1024 * 1024;
    private readonly Socket _socket;
    private readonly Signer _signer;
    private readonly string _host;
    private byte[] _received = new byte[16 * 1024];

    private S3Connection(Socket socket, Signer signer, string host)
    {
        _socket = socket;
        _signer = signer;
        _host = host;
    }

    public static async Task<S3Connection> OpenAsync(IPEndPoint endpoint, Signer signer, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancel);
            return new S3Connection(socket, signer, endpoint.ToString());
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();

    public async Task<S3Response> SendAsync(
        string method, string path, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var head = _signer.Head(method, path, _host, body.Length);
        if (body.IsEmpty)
        {
            await SendAllAsync(head, cancel);
        }
        else
        {
            // In one send: a small request is one packet.
            var request = new byte[head.Length + body.Length];
            head.CopyTo(request, 0);
            body.CopyTo(request.AsMemory(head.Length));
            await SendAllAsync(request, cancel);
        }
        return await ReceiveAsync(method == "HEAD", cancel);
    }

    /// <summary>PUTs a body of a length that is made while it is sent.</summary>
    public async Task<S3Response> PutAsync(
        string path, long length, Func<long, ReadOnlyMemory<byte>> blockAt, CancellationToken cancel)
    {
        await SendAllAsync(_signer.Head("PUT", path, _host, length), cancel);
        for (var sent = 0L; sent < length;)
        {
            var block = blockAt(sent);
            block = block[..(int)Math.Min(block.Length, length - sent)];
            await SendAllAsync(block, cancel);
            sent += block.Length;
        }
        return await ReceiveAsync(toHead: false, cancel);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancel)..];
    }

    private async Task<S3Response> ReceiveAsync(bool toHead, CancellationToken cancel)
    {
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            filled += await ReceiveMoreAsync(filled, cancel);
            end = _received.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var head = Encoding.ASCII.GetString(_received, 0, end);
        var (bodyStart, length) = (end + 4, toHead ? 0 : ContentLength(head));
        if (length > LargestResponse)
            throw new IOException($"A response of {length} bytes was not expected.");
        while (filled < bodyStart + length)
            filled += await ReceiveMoreAsync(filled, cancel);
        // "HTTP/1.1 200 OK"
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        return new S3Response(status, _received.AsMemory(bodyStart, length));
    }

    private async Task<int> ReceiveMoreAsync(int filled, CancellationToken cancel)
    {
        if (filled == _received.Length)
            Array.Resize(ref _received, _received.Length * 2);
        var count = await _socket.ReceiveAsync(_received.AsMemory(filled), cancel);
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private static int ContentLength(string head)
    {
        const string Name = "\r\nContent-Length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return head.Contains("\r\nTransfer-Encoding:", StringComparison.OrdinalIgnoreCase)
                ? throw new IOException("A response in chunks was not expected.")
                : 0;
        }
        var value = head.AsSpan(at + Name.Length);
        var lineEnd = value.IndexOf('\r');
        return int.Parse(lineEnd < 0 ? value : value[..lineEnd], CultureInfo.InvariantCulture);
    }
}
