using System.Diagnostics;
using System.Net;

namespace CasStore.Bench.Limits;

/// <summary>One large body to or from a server, again and again over one connection.</summary>
/// <param name="Endpoint">The server.</param>
/// <param name="Head">The request up to the empty line.</param>
/// <param name="Sends">Whether the body goes to the server.</param>
/// <param name="Bytes">Of the body.</param>
internal sealed record LargeTransfer(IPEndPoint Endpoint, byte[] Head, bool Sends, long Bytes)
{
    /// <summary>Bytes per second of all together, each with a thread of its own.</summary>
    public static async Task<double> RateAsync(
        IReadOnlyList<LargeTransfer> transfers, TimeSpan duration, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(transfers.Select(transfer => Task.Factory.StartNew(
            () => transfer.Repeat(clock, duration, cancel),
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private long Repeat(Stopwatch clock, TimeSpan duration, CancellationToken cancel)
    {
        using var connection = new RawHttp(Endpoint);
        var block = new byte[256 * 1024];
        Random.Shared.NextBytes(block);
        var transferred = 0L;
        do
        {
            cancel.ThrowIfCancellationRequested();
            connection.Send(Head);
            for (var rest = Sends ? Bytes : 0; rest > 0; rest -= block.Length)
                connection.Send(block.AsSpan(0, (int)Math.Min(rest, block.Length)));
            if (connection.Receive() != Bytes && !Sends)
                throw new BenchmarkException("The server sent an object of another length.");
            transferred += Bytes;
        }
        while (clock.Elapsed < duration);
        return transferred;
    }
}
