using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CasStore.Api.Hosting.Transport;

/// <summary>One client's connection: a loop that receives into a pipe, and an output that sends when flushed.</summary>
internal sealed class SocketConnection : ConnectionContext, IDuplexPipe, IMemoryPoolFeature, IConnectionLifetimeFeature
{
    /// <summary>Received bytes that wait for the request; beyond them the client waits.</summary>
    private const int MaxWaiting = 256 * 1024;

    private static readonly BlockPool Blocks = new();

    private readonly Socket _socket;
    private readonly Pipe _received;
    private readonly SocketOutput _output;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private Exception? _end;
    private Task _receiving = Task.CompletedTask;

    private SocketConnection(Socket socket)
    {
        _socket = socket;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        // A request goes on where its bytes came in: nothing on the way blocks, the disk has threads of its own.
        _received = new Pipe(new PipeOptions(
            Blocks, PipeScheduler.Inline, PipeScheduler.Inline, MaxWaiting, MaxWaiting / 2,
            useSynchronizationContext: false));
        _output = new SocketOutput(socket, Blocks, Shut);
        Transport = this;
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IBlobOutput>(_output);
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public MemoryPool<byte> MemoryPool => Blocks;

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _output;

    /// <summary>A connection of an accepted socket, which receives from now on.</summary>
    public static SocketConnection Start(Socket socket)
    {
        var connection = new SocketConnection(socket);
        connection._receiving = connection.ReceiveAsync();
        return connection;
    }

    public override void Abort(ConnectionAbortedException abortReason) => Shut(abortReason);

    public override async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await _receiving;
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            await Task.Yield();
            await SocketInput.ReceiveAsync(_socket, _received.Writer);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            failure = new ConnectionResetException(e.Message, e);
        }
        // When we ended it, that is the reason why nothing more can be read.
        await _received.Writer.CompleteAsync(_end ?? failure);
        await _closed.CancelAsync();
    }

    /// <summary>Ends both directions; sending and receiving then fail. The first reason counts.</summary>
    private void Shut(Exception? reason)
    {
        lock (_gate)
        {
            if (_end is not null)
                return;
            _end = reason ?? new ConnectionAbortedException("The response was sent and the connection ended.");
            try
            {
                _socket.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The client has ended it already.
            }
            _socket.Dispose();
        }
        // The loop may wait for room in a pipe that nobody reads any more.
        _received.Writer.CancelPendingFlush();
    }
}
