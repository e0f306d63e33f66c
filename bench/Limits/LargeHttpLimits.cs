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
                    var transfers = Enumerable.Range(0, streams).Select(number => Transfer(
                        server, method, string.Create(CultureInfo.InvariantCulture, $"/{bytes}/{number}"), bytes));
                    var rate = await LargeTransfer.RateAsync([.. transfers], duration, cancel);
                    limits.Add(new Limit("Nginx", string.Create(
                        CultureInfo.InvariantCulture, $"{method} {name}, {streams} at a time"), rate / 1e6, "MB/s"));
                }
            }
        }
        limits.AddRange(await SameFileLimits.MeasureAsync(server, directory, duration, cancel));
        return limits;
    }

    /// <summary>An unsigned request to nginx.</summary>
    public static LargeTransfer Transfer(Peer server, string method, string path, long bytes) =>
        new(server.Endpoint, RawHttp.Head(server.Endpoint, method, path, method == "PUT" ? bytes : 0),
            method == "PUT", bytes);
}
