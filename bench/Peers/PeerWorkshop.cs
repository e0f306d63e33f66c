using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Peers;

/// <summary>What a peer is put together in: its directory and the processes started so far.</summary>
internal sealed class PeerWorkshop(string parent, string name)
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(1), s_poll = TimeSpan.FromMilliseconds(100);

    // Started last, stopped first.
    private readonly Stack<ServerProcess> _servers = new();

    // Short: Ceph's sockets are below it, and a socket's path has at most 107 bytes.
    public DirectoryInfo Directory { get; } = System.IO.Directory.CreateDirectory(
        Path.Combine(Path.GetFullPath(parent), $"casstore-{name}-{Guid.NewGuid().ToString("N")[..8]}"));

    public string PathOf(string file) => Path.Combine(Directory.FullName, file);

    /// <summary>Starts a process of the peer; what it prints goes to <c>NAME.out</c>.</summary>
    public async Task<ServerProcess> StartAsync(
        string server, IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment)
    {
        var started = await ServerProcess.StartAsync(command, environment, PathOf(server + ".out"));
        _servers.Push(started);
        return started;
    }

    /// <summary>Waits until something listens.</summary>
    /// <exception cref="BenchmarkException">The process ended, or takes too long.</exception>
    public static async Task WaitUntilListeningAsync(
        ServerProcess server, IPEndPoint endpoint, CancellationToken cancel)
    {
        for (var clock = Stopwatch.StartNew(); !await IsListeningAsync(endpoint, cancel);)
        {
            if (server.HasExited || clock.Elapsed > s_startLimit)
                throw new BenchmarkException($"{server.Program} did not start: {server.LastWords()}");
            await Task.Delay(s_poll, cancel);
        }
    }

    public Peer Finish(string version, IPEndPoint endpoint, string accessKey, string secretKey) =>
        new(name, version, endpoint, accessKey, secretKey, [.. _servers], Directory);

    /// <summary>Ends what was started and removes the directory.</summary>
    public async Task AbandonAsync()
    {
        foreach (var server in _servers)
            await server.StopAsync();
        Directory.Delete(recursive: true);
    }

    public static IPEndPoint FreeEndpoint()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static async Task<bool> IsListeningAsync(IPEndPoint endpoint, CancellationToken cancel)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancel);
            return true;
        }
        catch (SocketException)
        {
            // Nobody listens there yet.
            return false;
        }
    }
}
