using System.Diagnostics;
using System.Globalization;

using CasStore.Cli.Processes;
using CasStore.Cli.Serving;

namespace CasStore.Cli.Postgres;

/// <summary>What a PostgreSQL leaves behind when it, or the serve above it, was killed.</summary>
internal static class PostgresLeftovers
{
    private static readonly TimeSpan s_fastShutdown = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_immediateShutdown = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Ends processes that still run on the cluster, then removes its lock files: the process ids in them may be
    /// anyone's by now, and PostgreSQL would take such a process for a live server.
    /// </summary>
    public static async Task ClearAsync(string cluster, ServeLog log, CancellationToken cancel)
    {
        var real = (await Tool.RunAsync(["realpath", "--", cluster], cancel)).RequireSuccess().TrimEnd('\n');
        if (FindProcesses(real).Count > 0)
        {
            log.Info("PostgreSQL of an earlier run is still there; stopping it");
            await EndAsync(real, cluster, cancel);
        }
        foreach (var name in (string[])["postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"])
            File.Delete(Path.Combine(cluster, name));
    }

    private static async Task EndAsync(string real, string cluster, CancellationToken cancel)
    {
        // Only the postmaster is asked: without one, its backends notice and end by themselves.
        var postmaster = PostmasterFile.Read(cluster)?.ProcessId;
        foreach (var process in FindProcesses(real).Where(process => process == postmaster))
            Libc.Signal(process, UnixSignal.Interrupt);
        if (await AreGoneAsync(real, s_fastShutdown, cancel))
            return;
        foreach (var process in FindProcesses(real))
            Libc.Signal(process, UnixSignal.Quit);
        if (await AreGoneAsync(real, s_immediateShutdown, cancel))
            return;
        throw new CommandFailedException(
            $"PostgreSQL of an earlier run does not end: process {string.Join(", ", FindProcesses(real))}. " +
            "End it, then start again.");
    }

    private static async Task<bool> AreGoneAsync(string real, TimeSpan patience, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (FindProcesses(real).Count > 0)
        {
            if (clock.Elapsed > patience)
                return false;
            await Task.Delay(20, cancel);
        }
        return true;
    }

    // Every process of a PostgreSQL has the cluster as its working directory.
    private static List<int> FindProcesses(string realCluster)
    {
        var found = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Target(entry, "cwd") == realCluster
                && Path.GetFileName(Target(entry, "exe")) is "postgres" or "postgres (deleted)")
            {
                found.Add(process);
            }
        }
        return found;
    }

    private static string? Target(string process, string link)
    {
        try
        {
            return new FileInfo(Path.Combine(process, link)).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended meanwhile, or is another user's and then not of this cluster.
            return null;
        }
    }
}
