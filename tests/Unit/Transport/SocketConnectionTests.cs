using System.Net.Sockets;
using CasStore.Api.Hosting.Transport;
using Microsoft.AspNetCore.Connections;

namespace CasStore.Tests.Unit.Transport;

public sealed class SocketConnectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(3_000_000)]
    public async Task Receives_every_byte_in_order_then_the_end(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        using var sockets = await SocketPair.ConnectAsync();
        await using var connection = SocketConnection.Start(sockets.Server);

        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < length;)
                sent += await sockets.Client.SendAsync(bytes.AsMemory(sent));
            sockets.Client.Shutdown(SocketShutdown.Send);
        });
        using var received = new MemoryStream();
        await connection.Transport.Input.CopyToAsync(received);
        await sending;

        received.ToArray().AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task A_client_who_resets_the_connection_ends_it()
    {
        using var sockets = await SocketPair.ConnectAsync();
        await using var connection = SocketConnection.Start(sockets.Server);
        var closed = Closed(connection);
        sockets.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        sockets.Client.Close();

        await Should.ThrowAsync<ConnectionResetException>(async () => await connection.Transport.Input.ReadAsync());
        await closed;
    }

    [Fact]
    public async Task Aborting_ends_both_directions()
    {
        using var sockets = await SocketPair.ConnectAsync();
        await using var connection = SocketConnection.Start(sockets.Server);
        var closed = Closed(connection);

        connection.Abort(new ConnectionAbortedException("enough"));

        await closed;
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await connection.Transport.Input.ReadAsync());
        await connection.Transport.Output.WriteAsync(new byte[10]);
        (await sockets.ReceiveAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Disposing_ends_a_connection_whose_input_nobody_reads()
    {
        using var sockets = await SocketPair.ConnectAsync();
        var connection = SocketConnection.Start(sockets.Server);
        var sending = Task.Run(async () =>
        {
            while (await sockets.Client.SendAsync(new byte[100_000]) > 0)
            {
                // Until the connection is reset: the pipe fills, then the socket.
            }
        });
        await connection.Transport.Input.ReadAtLeastAsync(300_000);

        await connection.DisposeAsync();

        await Should.ThrowAsync<SocketException>(() => sending);
    }

    [Fact]
    public async Task What_was_written_and_flushed_arrives()
    {
        using var sockets = await SocketPair.ConnectAsync();
        var connection = SocketConnection.Start(sockets.Server);
        await connection.Transport.Output.WriteAsync("answer"u8.ToArray());
        await connection.DisposeAsync();

        (await sockets.ReceiveAllAsync()).ShouldBe("answer"u8.ToArray());
    }

    private static Task Closed(SocketConnection connection)
    {
        var closed = new TaskCompletionSource();
        connection.ConnectionClosed.Register(closed.SetResult);
        return closed.Task;
    }
}
