using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CasStore.Cli.Data;
using CasStore.Cli.Postgres;
using CasStore.Cli.Processes;
using Npgsql;

namespace CasStore.Cli.Commands;

/// <summary><c>casstore psql</c>.</summary>
internal static class PsqlCommand
{
    public static Command Create()
    {
        var data = StoreOptions.Data();
        var postgres = StoreOptions.Postgres();
        var sql = new Option<string?>("--command", "-c") { Description = "SQL to run instead of a prompt" };
        var command = new Command(
            "psql", "Open the database with psql, in the store's schema; further arguments are psql's own")
        {
            data, postgres, sql,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancel) =>
        {
            // Before a session is opened: the database may be reached through our working directory.
            var here = Environment.CurrentDirectory;
            await using var session = await StoreSession.OpenAsync(
                parsed.GetRequiredValue(data), parsed.GetOrEnvironment(postgres), cancel);
            string[] query = parsed.GetValue(sql) is { } text ? ["-c", text] : [];
            return await RunAsync(session.Settings.Postgres, [.. query, .. parsed.UnmatchedTokens], here, cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string connection, IReadOnlyList<string> arguments, string directory, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(await FindAsync(cancel), arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        var settings = new NpgsqlConnectionStringBuilder(connection);
        start.Environment["PGHOST"] = settings.Host;
        start.Environment["PGPORT"] = settings.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = settings.Username;
        start.Environment["PGDATABASE"] = settings.Database;
        start.Environment["PGOPTIONS"] = "-c search_path=casstore,public";
        if (settings.Password is { Length: > 0 } password)
            start.Environment["PGPASSWORD"] = password;
        // Ctrl-C at its prompt is psql's: it cancels a query.
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var process = await ChildLauncher.ForkAsync(start);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    private static async Task<string> FindAsync(CancellationToken cancel)
    {
        var besideServer = (await PostgresBinaries.FindAllAsync(cancel))
            .Select(binaries => Path.Combine(binaries.BinDirectory, "psql"))
            .FirstOrDefault(File.Exists);
        return besideServer ?? "psql";
    }
}
