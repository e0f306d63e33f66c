using System.Diagnostics;
using System.Globalization;
using CasStore.Bench.Peers;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Limits;

/// <summary>Small requests to the Api's HTTP server with nothing behind it.</summary>
internal static class SmallHttpLimits
{
    private const int BodyBytes = 4096;
    private const string WrkPut = """wrk.method = "PUT"; wrk.body = string.rep("x", 4096)""";

    public static async Task<IReadOnlyList<Limit>> MeasureAsync(
        string directory, TimeSpan duration, List<string> missing, CancellationToken cancel)
    {
        await using var server = await HttpCeiling.Kind.StartAsync(directory, cancel);
        var limits = new List<Limit>();
        foreach (var connections in (int[])[1, 32])
        {
            // The first round is the server's warm-up.
            foreach (var counts in (bool[])[false, true])
            {
                foreach (var method in (string[])["GET", "PUT"])
                {
                    var rate = await RateAsync(server, method, connections, duration, cancel);
                    if (counts)
                        limits.Add(new Limit("Http", Name(method, connections, "raw sockets"), rate, "per s"));
                }
            }
        }
        if (ShortProcess.Find("wrk") is null)
        {
            missing.Add("No wrk (eng/install-peers wrk): its figures of the HTTP server are missing.");
            return limits;
        }
        var script = Path.Combine(server.Directory.FullName, "put.lua");
        await File.WriteAllTextAsync(script, WrkPut, cancel);
        limits.Add(new Limit("Http", Name("GET", 32, "wrk"), await WrkAsync(server, duration, cancel), "per s"));
        limits.Add(new Limit(
            "Http", Name("PUT", 32, "wrk"), await WrkAsync(server, duration, cancel, "-s", script), "per s"));
        return limits;
    }

    // Half of the connections to a thread, so that both processors have work but few threads are switched between.
    private static async Task<double> RateAsync(
        Peer server, string method, int connections, TimeSpan duration, CancellationToken cancel)
    {
        var threads = Math.Min(connections, 2);
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => Repeat(server, method, connections / threads, clock, duration, cancel),
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Sends a request on each connection, then takes the answers, and again.</summary>
    private static long Repeat(
        Peer server, string method, int count, Stopwatch clock, TimeSpan duration, CancellationToken cancel)
    {
        var connections = Enumerable.Range(0, count).Select(_ => new RawHttp(server.Endpoint)).ToList();
        try
        {
            var length = method == "PUT" ? BodyBytes : 0;
            byte[] request = [.. RawHttp.Head(server.Endpoint, method, "/small", length), .. new byte[length]];
            var answered = 0L;
            while (clock.Elapsed < duration)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var connection in connections)
                    connection.Send(request);
                foreach (var connection in connections)
                    connection.Receive();
                answered += count;
            }
            return answered;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<double> WrkAsync(
        Peer server, TimeSpan duration, CancellationToken cancel, params string[] options)
    {
        var output = await ShortProcess.RunAsync(
            [
                "wrk", "-t1", "-c32", string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:F0}s"),
                .. options, $"http://{server.Endpoint}/small",
            ],
            new Dictionary<string, string?>(StringComparer.Ordinal), cancel);
        const string Label = "Requests/sec:";
        var line = output.Split('\n').First(line => line.StartsWith(Label, StringComparison.Ordinal));
        return double.Parse(line.AsSpan(Label.Length), CultureInfo.InvariantCulture);
    }

    private static string Name(string method, int connections, string client) =>
        string.Create(CultureInfo.InvariantCulture, $"{method} 4 KiB, {connections} at a time, {client}");
}
