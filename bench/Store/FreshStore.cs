using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CasStore.Bench.Disk;
using CasStore.Bench.Http;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Store;

/// <summary>A new store in a temporary directory, which goes with it.</summary>
internal sealed class FreshStore : IAsyncDisposable
{
    public const string Bucket = "bench";
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(1), s_poll = TimeSpan.FromMilliseconds(5);
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DirectoryInfo _directory;
    private StoreProcess _process;

    private FreshStore(DirectoryInfo directory, StoreProcess process, IPEndPoint endpoint, Signer signer)
    {
        _directory = directory;
        _process = process;
        Endpoint = endpoint;
        Signer = signer;
    }

    public IPEndPoint Endpoint { get; }

    public Signer Signer { get; }

    public FlushDelay? Delay { get; private init; }

    /// <summary>How long the newest start took, to the first good answer.</summary>
    public TimeSpan StartTime { get; private set; }

    public string Data => Path.Combine(_directory.FullName, "data");

    public int ApiProcessId => ReadProcessId(Path.Combine(Data, "run", "api.pid"));

    /// <summary>How the Api that runs was compiled.</summary>
    public string ApiBuild
    {
        get
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{ApiProcessId}/exe");
            var program = File.ResolveLinkTarget(path, returnFinalTarget: false)!.FullName;
            var native = Path.Combine(SourceTree.Root, "artifacts") + Path.DirectorySeparatorChar;
            return program.StartsWith(native, StringComparison.Ordinal) ? "native" : "just-in-time";
        }
    }

    /// <summary>Starts a store and makes its bucket.</summary>
    /// <param name="parent">Where its temporary directory is made.</param>
    /// <param name="delayMicroseconds">By how much flushes take longer; 0: not at all.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<FreshStore> StartAsync(string parent, int delayMicroseconds, CancellationToken cancel)
    {
        // Whom PostgreSQL runs as must be able to read the library in it; the data directory itself stays closed.
        const UnixFileMode Listable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var path = Path.Combine(Path.GetFullPath(parent), $"casstore-bench-{Guid.NewGuid():N}");
        var directory = System.IO.Directory.CreateDirectory(path, Listable);
        try
        {
            var delay = delayMicroseconds > 0
                ? await FlushDelay.PrepareAsync(path, delayMicroseconds, cancel)
                : null;
            return await StartAsync(directory, delay, cancel);
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>It as what suites drive.</summary>
    public Target AsTarget() => new("casstore", Page("/"), Signer)
    {
        ProcessIds = [_process.Id],
        FrontEndId = ApiProcessId,
        Build = ApiBuild,
        ReadMetrics = cancel => StoreMetrics.ReadAsync(this, cancel),
    };

    /// <summary>A connection to it.</summary>
    public Task<S3Connection> ConnectAsync(CancellationToken cancel) =>
        S3Connection.OpenAsync(Endpoint, Signer, cancel);

    /// <summary>The store's metrics, in Prometheus's text format.</summary>
    public Task<string> ReadMetricsAsync(CancellationToken cancel) =>
        s_http.GetStringAsync(Page("/-/metrics"), cancel);

    /// <summary>Stops it and starts it again on the same data.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        await _process.StopAsync();
        var start = Stopwatch.GetTimestamp();
        _process = await LaunchAsync(_directory, Delay, Endpoint, Signer);
        await WaitUntilReadyAsync(start, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.StopAsync();
        }
        finally
        {
            _directory.Delete(recursive: true);
        }
    }

    private static async Task<FreshStore> StartAsync(
        DirectoryInfo directory, FlushDelay? delay, CancellationToken cancel)
    {
        var signer = new Signer("CASSTOREBENCHMARKKEY", Guid.NewGuid().ToString("N"));
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = Stopwatch.GetTimestamp();
        var process = await LaunchAsync(directory, delay, endpoint, signer);
        var store = new FreshStore(directory, process, endpoint, signer) { Delay = delay };
        try
        {
            await store.WaitUntilReadyAsync(start, cancel);
            await store.PrepareAsync(cancel);
            return store;
        }
        catch
        {
            await process.StopAsync();
            throw;
        }
    }

    private static Task<StoreProcess> LaunchAsync(
        DirectoryInfo directory, FlushDelay? delay, IPEndPoint endpoint, Signer signer) => StoreProcess.StartAsync(
            ["--data", Path.Combine(directory.FullName, "data"), "--listen", $"http://{endpoint}",
                "--console-listen", $"http://127.0.0.1:{FreePort()}", "--log", "warn"],
            new Dictionary<string, string?>(delay?.Environment ?? [], StringComparer.Ordinal)
            {
                ["CASSTORE_ROOT_ACCESS_KEY"] = signer.AccessKey,
                ["CASSTORE_ROOT_SECRET_KEY"] = signer.SecretKey,
            });

    private async Task WaitUntilReadyAsync(long start, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_startLimit);
        while (!await IsReadyAsync(Page("/-/health/ready"), cancel))
        {
            if (_process.HasExited)
                throw new BenchmarkException("The store did not start; see its messages above.");
            if (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
                throw new BenchmarkException("The store was not ready in time.");
            await Task.Delay(s_poll, cancel);
        }
        StartTime = Stopwatch.GetElapsedTime(start);
    }

    private async Task PrepareAsync(CancellationToken cancel)
    {
        Delay?.RequireIn("the Api", ApiProcessId);
        Delay?.RequireIn("PostgreSQL", ReadProcessId(Path.Combine(Data, "postgres", "postmaster.pid")));
        using var connection = await ConnectAsync(cancel);
        var made = await connection.SendAsync("PUT", "/" + Bucket, default, cancel);
        if (made.Status != 200)
            throw new BenchmarkException($"The bucket could not be made (status {made.Status}).");
    }

    /// <summary>Whether a page answers with success.</summary>
    public static async Task<bool> IsReadyAsync(Uri page, CancellationToken cancel)
    {
        try
        {
            using var response = await s_http.GetAsync(page, cancel);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Nobody listens there yet.
            return false;
        }
    }

    private Uri Page(string path) => new($"http://{Endpoint}{path}");

    private static int ReadProcessId(string file) =>
        int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture);

    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
