using System.Diagnostics;
using CasStore.Cli.Postgres;
using CasStore.Cli.Processes;
using CasStore.Cli.Serving;
using CasStore.Events.Access;
using CasStore.Events.Configuration;
using CasStore.Projections;

namespace CasStore.Cli.Data;

/// <summary>
/// The database for one command: the server that is given, that of a running serve, or the embedded one, started for as
/// long as the command runs.
/// </summary>
internal sealed class StoreSession : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly DataLock? _lock;
    private readonly ChildProcess? _server;
    private readonly bool _isGiven;

    private StoreSession(StoreSettings settings, bool isGiven, DataLock? dataLock = null, ChildProcess? server = null)
    {
        Settings = settings;
        _isGiven = isGiven;
        _lock = dataLock;
        _server = server;
    }

    public StoreSettings Settings { get; }

    /// <exception cref="CommandFailedException">No database can be reached or started.</exception>
    public static async Task<StoreSession> OpenAsync(string dataPath, string? postgres, CancellationToken cancel)
    {
        if (postgres is not null)
            return new StoreSession(new StoreSettings(Path.GetFullPath(dataPath), postgres), isGiven: true);
        var data = DataDirectory.Prepare(dataPath);
        var settings = new StoreSettings(data.Root, EmbeddedPostgres.ConnectionString(data));
        if (await DataLock.TakeForCommandAsync(data, cancel) is not { } dataLock)
        {
            await WaitForServeAsync(data, cancel);
            return new StoreSession(settings, isGiven: false);
        }
        try
        {
            var log = new ServeLog(json: false);
            var server = new EmbeddedPostgres(data, await PostgresCluster.OpenAsync(data, log, cancel), log);
            return new StoreSession(settings, isGiven: false, dataLock, await server.StartAsync(cancel));
        }
        catch
        {
            dataLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens the log and its read models on the database.</summary>
    /// <exception cref="CommandFailedException">A newer version of the store made the database.</exception>
    public async Task<EventStore> OpenStoreAsync(CancellationToken cancel)
    {
        try
        {
            return await EventStore.OpenAsync(Settings, cancel);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandFailedException(e.Message, e);
        }
    }

    /// <summary>Opens the store key.</summary>
    /// <exception cref="CommandFailedException">A secret sealed here could not be opened by the store.</exception>
    public async Task<SecretBox> OpenSecretBoxAsync(EventStore store, CancellationToken cancel)
    {
        // A store in use has its key; making another here would seal secrets that its processes cannot open.
        if (_isGiven && !File.Exists(Settings.StoreKeyFile) && await store.Events.HeadAsync(cancel) > 0)
        {
            throw new CommandFailedException(
                $"The store has been used, but its key {Settings.StoreKeyFile} is not here. " +
                "Give the Api's data directory with --data.");
        }
        return SecretBox.Open(Settings.StoreKeyFile);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await EmbeddedPostgres.StopAsync(_server, CancellationToken.None);
        _lock?.Dispose();
    }

    private static async Task WaitForServeAsync(DataDirectory data, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (PostmasterFile.Read(data.Cluster) is not { IsReady: true })
        {
            if (clock.Elapsed > s_patience)
                throw new CommandFailedException("The PostgreSQL of the running 'casstore serve' does not get ready.");
            await Task.Delay(50, cancel);
        }
    }
}
