using System.IO.Pipelines;
using System.Net.Sockets;

namespace CasStore.Api.Hosting.Transport;

/// <summary>Receives in small pieces while little comes and in large ones while a body streams in.</summary>
internal static class SocketInput
{
    private const int Smallest = BlockPool.BlockSize;
    private const int Largest = 64 * 1024;

    /// <summary>How much the next piece grows or shrinks.</summary>
    private const int Factor = 4;

    /// <summary>Receives until the client has sent all that it will, or nobody reads.</summary>
    public static async Task ReceiveAsync(Socket socket, PipeWriter input)
    {
        var size = Smallest;
        while (true)
        {
            // No buffer is held while nothing comes.
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            var buffer = input.GetMemory(size == Smallest ? Smallest / 2 : size);
            var received = await socket.ReceiveAsync(buffer, SocketFlags.None);
            if (received == 0)
                return;
            input.Advance(received);
            if (received == buffer.Length)
                size = Math.Min(size * Factor, Largest);
            else if (received < size / Factor)
                size = Math.Max(size / Factor, Smallest);
            var flushed = await input.FlushAsync();
            if (flushed.IsCompleted || flushed.IsCanceled)
                return;
        }
    }
}
