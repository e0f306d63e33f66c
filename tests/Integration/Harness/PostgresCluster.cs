using Npgsql;

namespace CasStore.Tests.Integration.Harness;

/// <summary>A private PostgreSQL with durable settings, on a unix socket only.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string? _user = Environment.UserName == "root" ? "postgres" : null;
    private ChildProcess? _postmaster;
    private int _databases;

    private string Data => _directory.File("data");

    public string Output => _postmaster?.Output ?? "";

    public static async Task<PostgresCluster> StartNewAsync()
    {
        var cluster = new PostgresCluster();
        if (cluster._user is not null)
            await ChildProcess.RunAsync(["chown", $"{cluster._user}:", cluster._directory.Path]);
        await ChildProcess.RunAsync(
            [Executable.FindPostgres("initdb"), "-D", cluster.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--no-locale"],
            user: cluster._user);
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"store{Interlocked.Increment(ref _databases)}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts the stopped server and waits until it accepts connections.</summary>
    public async Task StartAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            _postmaster = await ChildProcess.StartAsync(
                [Executable.FindPostgres("postgres"), "-D", Data, "-k", _directory.Path, "-c", "listen_addresses=",
                    "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "fsync=on",
                    "-c", "synchronous_commit=on"],
                user: _user, directory: _directory.Path);
            if (await AcceptsConnectionsAsync(deadline))
                return;
            // After a kill -9 a dying backend may still hold the shared memory for a moment.
            if (DateTime.UtcNow > deadline)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{Output}");
            _postmaster.Dispose();
            await Task.Delay(100);
        }
    }

    /// <summary>kill -9 of the postmaster and of all its backends.</summary>
    public async Task KillAsync()
    {
        var backends = _postmaster!.Children();
        _postmaster.Kill();
        foreach (var backend in backends)
            ChildProcess.Kill(backend);
        await _postmaster.WaitForExitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Ends every connection of a database but the asking one.</summary>
    public async Task TerminateBackendsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var terminate = new NpgsqlCommand(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1", connection)
        {
            Parameters = { new() { Value = new NpgsqlConnectionStringBuilder(database).Database } },
        };
        await terminate.ExecuteScalarAsync();
    }

    public void Dispose()
    {
        // Backends notice the death of the postmaster by themselves.
        _postmaster?.Dispose();
        _directory.Dispose();
    }

    private string ConnectionString(string database) =>
        $"Host={_directory.Path};Username=postgres;Database={database};Pooling={database != "postgres"}";

    private async Task<bool> AcceptsConnectionsAsync(DateTime deadline)
    {
        while (!_postmaster!.HasExited && DateTime.UtcNow < deadline)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50);
            }
        }
        return false;
    }
}
