using System.Net;
using System.Net.Sockets;

namespace CasStore.Tests.Unit.Transport;

/// <summary>Two connected sockets.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Socket server, Socket client)
    {
        Server = server;
        Client = client;
    }

    public Socket Server { get; }

    public Socket Client { get; }

    /// <summary>Connects two; the client's buffer is small, so that who sends to it has to wait.</summary>
    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        await client.ConnectAsync(listener.LocalEndPoint!);
        return new SocketPair(await listener.AcceptAsync(), client);
    }

    /// <summary>What the client gets until the server ends.</summary>
    public async Task<byte[]> ReceiveAllAsync()
    {
        using var received = new MemoryStream();
        var buffer = new byte[10_000];
        while (await Client.ReceiveAsync(buffer) is > 0 and var count)
            received.Write(buffer, 0, count);
        return received.ToArray();
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }
}
