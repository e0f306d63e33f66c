using System.Globalization;

namespace CasStore.Bench.Peers;

/// <summary>The HTTP server of the Api with nothing behind it, as a process of its own.</summary>
internal static class HttpCeiling
{
    public static PeerKind Kind { get; } = new(
        "http", "Kestrel as the Api sets it: 4 KiB from memory for a GET, the body of a PUT dropped", [], StartAsync);

    private static async Task<Peer> StartAsync(PeerWorkshop workshop, CancellationToken cancel)
    {
        var endpoint = PeerWorkshop.FreeEndpoint();
        var server = await workshop.StartAsync("http",
            [
                Environment.ProcessPath!, typeof(HttpCeiling).Assembly.Location, HttpCeilingServer.CommandName,
                string.Create(CultureInfo.InvariantCulture, $"http://{endpoint}"),
            ],
            // The Api's own, which its project sets.
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_gcConcurrent"] = "0",
            });
        await PeerWorkshop.WaitUntilListeningAsync(server, endpoint, cancel);
        return workshop.Finish($"Kestrel {Environment.Version}", endpoint, "", "");
    }
}
