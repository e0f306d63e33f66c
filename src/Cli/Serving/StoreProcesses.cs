using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

using CasStore.Cli.Data;
using CasStore.Cli.Postgres;
using CasStore.Cli.Processes;

namespace CasStore.Cli.Serving;

/// <summary>The processes of a store: PostgreSQL unless one is given, Api, Workers.</summary>
internal sealed class StoreProcesses
{
    // They stop within 3 s by themselves; one that does not, hangs.
    private static readonly TimeSpan s_stopGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);
    private readonly DataDirectory _data;
    private readonly ServeSettings _settings;
    private readonly AccessKeyPair _rootKey;
    private readonly ServeLog _log;
    private readonly string _connection;
    private readonly SupervisedProcess? _postgres;
    private readonly SupervisedProcess _api;
    private readonly SupervisedProcess _workers;

    public StoreProcesses(
        DataDirectory data, ServeSettings settings, AccessKeyPair rootKey, EmbeddedPostgres? postgres, ServeLog log)
    {
        _data = data;
        _settings = settings;
        _rootKey = rootKey;
        _log = log;
        _connection = settings.Postgres ?? EmbeddedPostgres.ConnectionString(data);
        if (postgres is not null)
            _postgres = new SupervisedProcess("PostgreSQL", postgres.StartAsync, EmbeddedPostgres.StopAsync, log);
        _api = new SupervisedProcess("Api", StartApiAsync, StopAsync, log);
        _workers = new SupervisedProcess("Workers", StartWorkersAsync, StopAsync, log);
    }

    /// <summary>Starts everything and returns when the data plane serves requests.</summary>
    /// <exception cref="CommandFailedException">A process ended before that.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (_postgres is not null)
            await _postgres.StartAsync(cancel);
        await _api.StartAsync(cancel);
        await _workers.StartAsync(cancel);
        await WaitUntilReadyAsync(cancel);
    }

    /// <summary>Keeps everything running until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task> watches = [_api.WatchAsync(end.Token), _workers.WatchAsync(end.Token)];
        if (_postgres is not null)
            watches.Add(_postgres.WatchAsync(end.Token));
        // None ends but by the stop or by a fault; then none may start a child behind the back of the stop.
        await Task.WhenAny(watches);
        await end.CancelAsync();
        await Task.WhenAll(watches);
    }

    /// <summary>Stops what was started; the database last, since the others finish their work with it.</summary>
    public async Task StopAsync(CancellationToken force)
    {
        await Task.WhenAll(_api.StopAsync(force), _workers.StopAsync(force));
        if (_postgres is not null)
            await _postgres.StopAsync(force);
        File.Delete(_data.PidFile("api"));
        File.Delete(_data.PidFile("workers"));
    }

    private Task<ChildProcess> StartApiAsync(CancellationToken cancel) =>
        StartProgramAsync("api", [ProgramFiles.Api()], _rootKey);

    // The control plane never signs requests, so it is not told the root key. Nobody waits for it: it goes after who
    // serves requests.
    private Task<ChildProcess> StartWorkersAsync(CancellationToken cancel) =>
        StartProgramAsync("workers", ["nice", "-n", "10", ProgramFiles.Workers()], rootKey: null);

    private async Task<ChildProcess> StartProgramAsync(string name, string[] command, AccessKeyPair? rootKey)
    {
        var environment = _settings.ToEnvironment(_data.Root, _connection);
        environment["CASSTORE_ROOT_ACCESS_KEY"] = rootKey?.AccessKey;
        environment["CASSTORE_ROOT_SECRET_KEY"] = rootKey?.SecretKey;
        // Left to itself the collector lets tens of megabytes gather while a large body streams through. Hexadecimal:
        // natively compiled programs ignore what has a prefix.
        environment["DOTNET_GCgen0size"] = "400000";
        // …/shared/Microsoft.NETCore.App/10.0.0/: where the runtime that runs us is, the programs find theirs.
        environment["DOTNET_ROOT"] = Path.GetFullPath("../../..", RuntimeEnvironment.GetRuntimeDirectory());
        var child = await ChildLauncher.StartAsync(
            new ChildProgram([.. ChildProgram.EndsWithUs(UnixSignal.Kill), .. command], environment));
        DataDirectory.WriteWhole(
            _data.PidFile(name),
            child.Id.ToString(CultureInfo.InvariantCulture) + "\n",
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return child;
    }

    private static Task StopAsync(ChildProcess child, CancellationToken force) =>
        child.StopAsync(UnixSignal.Terminate, UnixSignal.Kill, s_stopGrace, force);

    private async Task WaitUntilReadyAsync(CancellationToken cancel)
    {
        var ready = new Uri(ListenAddress.GetLocal(_settings.Listen), "/-/health/ready");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = s_probeTimeout };
        while (true)
        {
            // Before the probe: an address in use would answer it, but by another server.
            await ThrowIfEndedAsync("Api", _api);
            await ThrowIfEndedAsync("Workers", _workers);
            if (_postgres is not null)
                await ThrowIfEndedAsync("PostgreSQL", _postgres);
            if (await AnswersAsync(http, ready, cancel))
                return;
            await Task.Delay(s_poll, cancel);
        }
    }

    private static async Task ThrowIfEndedAsync(string name, SupervisedProcess process)
    {
        if (process.Exited is { IsCompleted: true } exited)
        {
            var code = (await exited).ToString(CultureInfo.InvariantCulture);
            throw new CommandFailedException(
                $"{name} ended with exit code {code} before the store was ready; see its messages above.");
        }
    }

    private async Task<bool> AnswersAsync(HttpClient http, Uri address, CancellationToken cancel)
    {
        try
        {
            using var response = await http.GetAsync(address, cancel);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Nobody listens there yet.
            return false;
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            _log.Info($"{address} does not answer; waiting for it");
            return false;
        }
    }
}
