using System.Net;
using System.Net.Sockets;

namespace CasStore.Bench.Http;

/// <summary>
/// A keep-alive connection that signs and sends one request after another: for what is done beside a measurement.
/// </summary>
internal sealed class S3Connection : IDisposable
{
    private readonly Socket _socket;
    private readonly Signer _signer;
    private readonly string _host;
    private readonly CollectedBody _body = new();
    private readonly ResponseReader _reader;
    private byte[] _received = new byte[16 * 1024];

    private S3Connection(Socket socket, Signer signer, string host)
    {
        _socket = socket;
        _signer = signer;
        _host = host;
        _reader = new ResponseReader(_body);
    }

    public static Task<S3Connection> OpenAsync(IPEndPoint endpoint, Signer signer, CancellationToken cancel) =>
        OpenAsync(endpoint, endpoint.ToString(), signer, cancel);

    public static async Task<S3Connection> OpenAsync(
        IPEndPoint endpoint, string host, Signer signer, CancellationToken cancel)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancel);
            return new S3Connection(socket, signer, host);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();

    public async Task<S3Response> SendAsync(
        string method, string target, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var head = _signer.Head(method, target, _host, body.Length);
        // In one send: a small request is one packet.
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request.AsMemory(head.Length));
        await SendAllAsync(request, cancel);
        return await ReceiveAsync(method == "HEAD", cancel);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, cancel)..];
    }

    private async Task<S3Response> ReceiveAsync(bool toHead, CancellationToken cancel)
    {
        _body.Clear();
        _reader.Begin(toHead);
        for (var filled = 0; ;)
        {
            if (filled == _received.Length)
                Array.Resize(ref _received, _received.Length * 2);
            var count = await _socket.ReceiveAsync(_received.AsMemory(filled), cancel);
            if (count == 0 && !_reader.Close())
                throw new IOException("The server closed the connection.");
            filled += count;
            if (_reader.Read(_received.AsSpan(0, filled), out var used) || count == 0)
                return new S3Response(_reader.Head.Status, _body.Bytes);
            _received.AsSpan(used, filled - used).CopyTo(_received);
            filled -= used;
        }
    }
}
