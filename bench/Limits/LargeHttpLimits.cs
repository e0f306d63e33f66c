using System.Diagnostics;
using System.Globalization;
using CasStore.Bench.Peers;

namespace CasStore.Bench.Limits;

/// <summary>Large bodies to and from nginx.</summary>
internal static class LargeHttpLimits
{
    private static readonly (string Name, long Bytes)[] s_sizes = [("64 MiB", 64 << 20), ("250 MB", 250_000_000)];

    public static async Task<IReadOnlyList<Limit>> MeasureAsync(
        string directory, TimeSpan duration, List<string> missing, CancellationToken cancel)
    {
        var limits = new List<Limit>();
        if (!NginxServer.Kind.IsInstalled)
        {
            missing.Add("No nginx (eng/install-peers nginx): its figures are missing.");
            return limits;
        }
        await using var server = await NginxServer.Kind.StartAsync(directory, cancel);
        foreach (var (name, bytes) in s_sizes)
        {
            foreach (var streams in (int[])[1, 4])
            {
                // The files that are read were written just before: they come from memory.
                foreach (var method in (string[])["PUT", "GET"])
                {
                    var rate = await RateAsync(server, method, bytes, streams, duration, cancel);
                    limits.Add(new Limit("Nginx", string.Create(
                        CultureInfo.InvariantCulture, $"{method} {name}, {streams} at a time"), rate / 1e6, "MB/s"));
                }
            }
        }
        return limits;
    }

    private static async Task<double> RateAsync(
        Peer server, string method, long bytes, int streams, TimeSpan duration, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, streams).Select(number => Task.Factory.StartNew(
            () => Repeat(server, method, number, bytes, clock, duration, cancel),
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return (double)done.Sum() * bytes / clock.Elapsed.TotalSeconds;
    }

    private static long Repeat(Peer server, string method, int number, long bytes, Stopwatch clock, TimeSpan duration,
        CancellationToken cancel)
    {
        using var connection = new RawHttp(server.Endpoint);
        var block = new byte[256 * 1024];
        Random.Shared.NextBytes(block);
        var sends = method == "PUT";
        var head = connection.Head(
            method, string.Create(CultureInfo.InvariantCulture, $"/{bytes}/{number}"), sends ? bytes : 0);
        var rounds = 0L;
        do
        {
            cancel.ThrowIfCancellationRequested();
            connection.Send(head);
            for (var rest = sends ? bytes : 0; rest > 0; rest -= block.Length)
                connection.Send(block.AsSpan(0, (int)Math.Min(rest, block.Length)));
            if (connection.Receive() != bytes && !sends)
                throw new BenchmarkException("nginx sent an object of another length.");
            rounds++;
        }
        while (clock.Elapsed < duration);
        return rounds;
    }
}
