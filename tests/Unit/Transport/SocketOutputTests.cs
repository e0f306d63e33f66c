using System.Buffers;
using System.Net.Sockets;
using CasStore.Api.Hosting.Transport;
using CasStore.BlobCas;
using CasStore.Tests.Unit.BlobCas;

namespace CasStore.Tests.Unit.Transport;

public sealed class SocketOutputTests : BlobDirectory
{
    private const int BlobLength = 3_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Everything_arrives_in_the_order_of_flushes(int seed)
    {
        var random = new Random(seed);
        var bytes = RandomBytes(BlobLength);
        using var blob = Store.OpenRead(await Put(bytes));
        using var sockets = await SocketPair.ConnectAsync();
        var output = NewOutput(sockets.Server);
        var receiving = sockets.ReceiveAllAsync();
        using var sent = new MemoryStream();
        while (sent.Length < 4 * BlobLength)
        {
            var written = bytes.AsMemory(0, random.Next(3) * random.Next(10_000));
            output.Write(written.Span);
            sent.Write(written.Span);
            if (random.Next(4) > 0)
            {
                var count = random.Next(1, SocketOutput.BlobBytes + 1);
                var offset = random.Next(BlobLength - count);
                Announce(output, blob, offset, count).ShouldBeTrue();
                output.Advance(count);
                output.UnflushedBytes.ShouldBe(written.Length + count);
                sent.Write(bytes, offset, count);
            }
            (await output.FlushAsync()).IsCompleted.ShouldBeFalse();
            output.UnflushedBytes.ShouldBe(0);
        }
        await output.CompleteAsync();

        (await receiving).AsSpan().SequenceEqual(sent.ToArray()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_packed_blob_arrives_too()
    {
        var bytes = RandomBytes(50_000);
        using var blob = Store.OpenRead(await Put(bytes));
        blob.HasFile.ShouldBeFalse();
        using var sockets = await SocketPair.ConnectAsync();
        var output = NewOutput(sockets.Server);
        var receiving = sockets.ReceiveAllAsync();

        Announce(output, blob, 0, bytes.Length).ShouldBeTrue();
        output.Advance(bytes.Length);
        await output.FlushAsync();
        await output.CompleteAsync();

        (await receiving).ShouldBe(bytes);
    }

    [Fact]
    public async Task Memory_that_is_not_what_was_announced_is_like_any_other()
    {
        using var blob = Store.OpenRead(await Put(RandomBytes(100_000)));
        using var sockets = await SocketPair.ConnectAsync();
        var output = NewOutput(sockets.Server);
        var receiving = sockets.ReceiveAllAsync();

        output.Announce(blob, 0, 1_000);
        output.Accepts(new byte[1_000]).ShouldBeFalse();
        output.Write("written"u8);
        await output.FlushAsync();
        await output.CompleteAsync();

        (await receiving).ShouldBe("written"u8.ToArray());
    }

    [Fact]
    public async Task Nothing_is_written_between_a_blob_and_its_flush()
    {
        using var blob = Store.OpenRead(await Put(RandomBytes(100_000)));
        using var sockets = await SocketPair.ConnectAsync();
        var output = NewOutput(sockets.Server);
        Announce(output, blob, 0, 1_000).ShouldBeTrue();
        output.Advance(1_000);

        Should.Throw<InvalidOperationException>(() => output.GetMemory());
        Should.Throw<InvalidOperationException>(() => output.Announce(blob, 0, 1));
    }

    [Fact]
    public async Task Bytes_that_are_not_there_fail_the_flush()
    {
        using var blob = Store.OpenRead(await Put(RandomBytes(100_000)));
        using var sockets = await SocketPair.ConnectAsync();
        var output = NewOutput(sockets.Server);
        Announce(output, blob, 99_000, 2_000).ShouldBeTrue();
        output.Advance(2_000);

        await Should.ThrowAsync<InvalidDataException>(async () => await output.FlushAsync());
    }

    [Fact]
    public async Task A_flush_to_a_client_who_left_tells_so_and_ends_the_connection()
    {
        using var blob = Store.OpenRead(await Put(RandomBytes(BlobLength)));
        using var sockets = await SocketPair.ConnectAsync();
        var ends = new List<Exception?>();
        var output = new SocketOutput(sockets.Server, MemoryPool<byte>.Shared, ends.Add);
        sockets.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        sockets.Client.Close();

        // The first sends may still be taken: the reset has to arrive.
        var gone = false;
        for (var i = 0; i < 1_000 && !gone; i++)
        {
            Announce(output, blob, 0, SocketOutput.BlobBytes).ShouldBeTrue();
            output.Advance(SocketOutput.BlobBytes);
            gone = (await output.FlushAsync()).IsCompleted;
        }

        gone.ShouldBeTrue();
        ends.ShouldHaveSingleItem().ShouldBeOfType<SocketException>();
    }

    private static bool Announce(SocketOutput output, BlobReader blob, long offset, int count)
    {
        output.Announce(blob, offset, count);
        return output.Accepts(output.GetMemory(count));
    }

    private static SocketOutput NewOutput(Socket socket)
    {
        socket.Blocking = false;
        return new SocketOutput(socket, MemoryPool<byte>.Shared, _ => socket.Shutdown(SocketShutdown.Both));
    }
}
