using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CasStore.Tests.Integration.Harness;

/// <summary>The real Api as a process of its own, on a data directory and a database that outlive it.</summary>
internal sealed class ServerProcess : IDisposable
{
    public const string Region = "us-east-1";
    public static readonly Credentials Root = new("ROOTACCESSKEY0000001", "root/secret+key0000000000000000000000001");
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly TemporaryDirectory? _ownDirectory;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly IReadOnlyList<string> _command;
    private ChildProcess? _process;

    private ServerProcess(string data, TemporaryDirectory? own, string postgres, Uri endpoint,
        IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> command)
    {
        (DataDirectory, _ownDirectory, Postgres, Endpoint) = (data, own, postgres, endpoint);
        (_settings, _command) = (settings, command);
    }

    public string DataDirectory { get; }

    /// <summary>Connection string of its database.</summary>
    public string Postgres { get; }

    public Uri Endpoint { get; }

    /// <summary>What it logged.</summary>
    public string Output => _process?.Output ?? "";

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts a server on a new database of <paramref name="cluster"/> and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartNewAsync(
        PostgresCluster cluster, string? dataDirectory = null, string? database = null,
        IReadOnlyDictionary<string, string>? settings = null, IReadOnlyList<string>? wrapper = null,
        IReadOnlyList<string>? api = null)
    {
        var own = dataDirectory is null ? new TemporaryDirectory() : null;
        var server = new ServerProcess(
            dataDirectory ?? own!.Path, own, database ?? await cluster.CreateDatabaseAsync(),
            new Uri($"http://127.0.0.1:{FreePort()}"), settings ?? new Dictionary<string, string>(),
            [.. wrapper ?? [], .. api ?? Repository.ApiCommand]);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the stopped server on the same data, database and port.</summary>
    public async Task StartAsync(bool waitUntilReady = true)
    {
        _process?.Dispose();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CASSTORE_DATA"] = DataDirectory,
            ["CASSTORE_POSTGRES"] = Postgres,
            ["CASSTORE_LISTEN"] = Endpoint.ToString().TrimEnd('/'),
            ["CASSTORE_ROOT_ACCESS_KEY"] = Root.AccessKey,
            ["CASSTORE_ROOT_SECRET_KEY"] = Root.SecretKey,
            ["CASSTORE_REGION"] = Region,
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (name, value) in _settings)
            environment[name] = value;
        _process = await ChildProcess.StartAsync(_command, environment);
        if (waitUntilReady)
            await WaitUntilReadyAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (!await IsReadyAsync())
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The server exited with {_process.ExitCode}:\n{Output}");
            if (DateTime.UtcNow > deadline)
                throw new TimeoutException($"The server did not become ready:\n{Output}");
            await Task.Delay(50);
        }
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Endpoint, "/-/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>SIGTERM; does not wait.</summary>
    public void Terminate() => _process!.Terminate();

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        await _process!.WaitForExitAsync(limit);
        return _process.ExitCode;
    }

    /// <summary>An open connection to the server's database; not from a pool, which may outlive it.</summary>
    public async Task<NpgsqlConnection> OpenDatabaseAsync()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(Postgres) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        _process?.Dispose();
        _ownDirectory?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
