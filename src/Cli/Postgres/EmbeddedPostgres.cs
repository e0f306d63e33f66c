using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using CasStore.Cli.Data;
using CasStore.Cli.Processes;
using CasStore.Cli.Serving;

using Npgsql;

namespace CasStore.Cli.Postgres;

/// <summary>Runs the server of the data directory's cluster.</summary>
internal sealed partial class EmbeddedPostgres(DataDirectory data, PostgresCluster cluster, ServeLog log)
{
    // sun_path of sockaddr_un has 108 bytes, with a terminator.
    private const int LongestSocketPath = 107;
    private const string SocketName = ".s.PGSQL.5432";
    private const long LongestLog = 16 * 1024 * 1024;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_noticeAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_fastShutdown = TimeSpan.FromSeconds(30);

    public static string ConnectionString(DataDirectory data) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketDirectory(data),
        Port = 5432,
        Username = PostgresCluster.Superuser,
        Database = PostgresCluster.Database,
    }.ConnectionString;

    /// <summary>
    /// A name of the socket's directory that clients can use. One that is too long for a socket's address, or that a
    /// connection string would take apart, is reached through our working directory; this is good while we live.
    /// </summary>
    public static string SocketDirectory(DataDirectory data)
    {
        var socket = Path.Combine(data.Cluster, SocketName);
        if (Encoding.UTF8.GetByteCount(socket) <= LongestSocketPath && PlainPath().IsMatch(socket))
            return data.Cluster;
        Directory.SetCurrentDirectory(data.Root);
        return string.Create(
            CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/cwd/{Path.GetFileName(data.Cluster)}");
    }

    /// <summary>Starts the server and waits until it accepts connections, however long it recovers.</summary>
    /// <exception cref="CommandFailedException">It does not start.</exception>
    public async Task<ChildProcess> StartAsync(CancellationToken cancel)
    {
        await PostgresLeftovers.ClearAsync(cluster.Directory, log, cancel);
        var settings = PostgresSettings.Arguments(await cluster.HasLz4Async(cancel));
        var logStart = OpenLog();
        var child = await ChildLauncher.StartAsync(new ChildProgram(
            ["sh", "-c", """exec >>"$0" 2>&1 </dev/null && exec "$@" """, data.PostgresLog,
                .. cluster.CommandLine(UnixSignal.Interrupt,
                    [cluster.Binaries.Server, "-D", PostgresCluster.PathInside, .. settings])],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["CASSTORE_ROOT_ACCESS_KEY"] = null,
                ["CASSTORE_ROOT_SECRET_KEY"] = null,
            }));
        try
        {
            await WaitUntilReadyAsync(child, logStart, cancel);
            return child;
        }
        catch
        {
            await StopAsync(child, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Rolls back what is open, writes a checkpoint and ends.</summary>
    public static Task StopAsync(ChildProcess server, CancellationToken force) =>
        server.StopAsync(UnixSignal.Interrupt, UnixSignal.Quit, s_fastShutdown, force);

    private async Task WaitUntilReadyAsync(ChildProcess child, long logStart, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var told = false;
        while (PostmasterFile.Read(cluster.Directory) is not { IsReady: true } file || file.ProcessId != child.Id)
        {
            if (child.Exited.IsCompleted)
            {
                throw new CommandFailedException(
                    $"PostgreSQL did not start (exit code {await child.Exited}); " +
                    $"{data.PostgresLog} says: {LogSince(logStart)}");
            }
            if (!told && clock.Elapsed > s_noticeAfter)
            {
                log.Info("PostgreSQL is recovering; waiting for it");
                told = true;
            }
            await Task.Delay(s_poll, cancel);
        }
    }

    private long OpenLog()
    {
        var file = new FileInfo(data.PostgresLog);
        if (!file.Exists)
            return 0;
        if (file.Length < LongestLog)
            return file.Length;
        file.MoveTo(data.PostgresLog + ".1", overwrite: true);
        return 0;
    }

    private string LogSince(long start)
    {
        using var file = File.OpenRead(data.PostgresLog);
        file.Position = start;
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? "nothing" : string.Join(" / ", lines.TakeLast(3));
    }

    [GeneratedRegex("^[A-Za-z0-9/._-]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainPath();
}
