using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CasStore.Bench.Limits;

/// <summary>A keep-alive connection with blocking sends and receives: about the least that a client can do.</summary>
internal sealed class RawHttp : IDisposable
{
    private const int Timeout = 60_000;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        SendTimeout = Timeout,
        ReceiveTimeout = Timeout,
    };

    private readonly byte[] _received = new byte[256 * 1024];

    public RawHttp(IPEndPoint endpoint) => _socket.Connect(endpoint);

    public void Dispose() => _socket.Dispose();

    /// <summary>An unsigned request's head, up to the empty line.</summary>
    public static byte[] Head(IPEndPoint endpoint, string method, string path, long bodyLength) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: {endpoint}\r\nContent-Length: {bodyLength}\r\n\r\n"));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Reads an answer to its end and returns the length of its body.</summary>
    /// <exception cref="IOException">It is not a success, or has no length.</exception>
    public long Receive()
    {
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            filled += ReceiveSome(_received.AsSpan(filled));
            end = _received.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var head = _received.AsSpan(0, end + 2);
        // "HTTP/1.1 200 OK"
        if (head[9] != '2')
            throw new IOException($"The server answered: {Encoding.ASCII.GetString(head)}");
        var length = head[9..12].SequenceEqual("204"u8) ? 0 : ContentLength(head);
        for (var rest = length - (filled - end - 4); rest > 0;)
            rest -= ReceiveSome(_received.AsSpan(0, (int)Math.Min(rest, _received.Length)));
        return length;
    }

    private int ReceiveSome(Span<byte> buffer) =>
        _socket.Receive(buffer) is > 0 and var count ? count : throw new IOException("The server closed.");

    private static long ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out long length, out _)
            ? length
            : throw new IOException("An answer without a length was not expected.");
    }
}
