using System.Net;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Peers;

/// <summary>Another server that runs for comparison, in a temporary directory that goes with it.</summary>
/// <param name="Name">As asked for.</param>
/// <param name="Version">As the server says it.</param>
/// <param name="Endpoint">Where it takes requests.</param>
/// <param name="AccessKey">Empty when it takes unsigned requests.</param>
/// <param name="SecretKey">Empty likewise.</param>
/// <param name="Servers">Its processes in the order in which they are stopped.</param>
/// <param name="Directory">What it keeps.</param>
internal sealed record Peer(
    string Name, string Version, IPEndPoint Endpoint, string AccessKey, string SecretKey,
    IReadOnlyList<ServerProcess> Servers, DirectoryInfo Directory) : IAsyncDisposable
{
    /// <summary>Its processes, with the workers that they started.</summary>
    public IReadOnlyList<int> ProcessIds => [.. Servers.SelectMany(server => server.WithChildren())];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.StopAsync();
        Directory.Delete(recursive: true);
    }
}
