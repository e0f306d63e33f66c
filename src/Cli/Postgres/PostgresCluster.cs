using System.Globalization;

using CasStore.Cli.Data;
using CasStore.Cli.Processes;
using CasStore.Cli.Serving;

namespace CasStore.Cli.Postgres;

/// <summary>The private cluster in the data directory: made on first use, owned by whom PostgreSQL runs as.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Binaries">The PostgreSQL of the version that made it.</param>
/// <param name="Identity">Whom to run PostgreSQL as; null: as ourselves.</param>
internal sealed record PostgresCluster(string Directory, PostgresBinaries Binaries, UnixIdentity? Identity)
{
    public const string Superuser = "casstore", Database = "casstore";

    // PostgreSQL refuses to run as root and looks its directory up by path, which whom it runs as may not walk (a home
    // directory of mode 0700). We open the directory with our rights and name it by that descriptor.
    private const string OpenThenExec = """exec 9<"$0" && cd / && exec "$@" """;
    public const string PathInside = "/proc/self/fd/9";

    /// <summary>Finds the cluster, or makes it. The data directory's lock must be held.</summary>
    /// <exception cref="CommandFailedException">No fitting PostgreSQL, or the cluster is not ours to run.</exception>
    public static async Task<PostgresCluster> OpenAsync(DataDirectory data, ServeLog log, CancellationToken cancel)
    {
        var installed = await PostgresBinaries.FindAllAsync(cancel);
        if (System.IO.Directory.Exists(data.Cluster))
        {
            var binaries = PostgresBinaries.Choose(installed, data.Cluster, ReadVersion(data.Cluster));
            return new PostgresCluster(data.Cluster, binaries, await OwnerAsync(data.Cluster, cancel));
        }
        var newest = PostgresBinaries.Choose(installed, data.Cluster, madeBy: null);
        log.Info($"Making the database (PostgreSQL {newest.MajorVersion}) in {data.Cluster}");
        var made = new PostgresCluster(data.Cluster + ".new", newest, await NewOwnerAsync(cancel));
        await made.InitialiseAsync(cancel);
        System.IO.Directory.Move(made.Directory, data.Cluster);
        return made with { Directory = data.Cluster };
    }

    /// <summary>The command line that runs one of PostgreSQL's programs as the cluster's owner.</summary>
    public IReadOnlyList<string> CommandLine(UnixSignal whenWeDie, params IEnumerable<string> program) =>
        ["sh", "-c", OpenThenExec, Directory, .. ChildProgram.EndsWithUs(whenWeDie, Identity), .. program];

    /// <summary>Whether the server was built with LZ4.</summary>
    public async Task<bool> HasLz4Async(CancellationToken cancel)
    {
        var asked = await Tool.RunAsync(
            CommandLine(UnixSignal.Kill, Binaries.Server, "-D", PathInside, "-c", "wal_compression=lz4",
                "-C", "wal_compression"),
            cancel);
        return asked.ExitCode == 0;
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        // Left by a start that was killed half-way; nothing but initdb has ever written there.
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
        System.IO.Directory.CreateDirectory(
            Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Identity is { } owner)
        {
            var chown = await Tool.RunAsync(["chown", $"{owner.UserId}:{owner.GroupId}", "--", Directory], cancel);
            chown.RequireSuccess();
        }
        var initialise = await Tool.RunAsync(
            CommandLine(UnixSignal.Kill, Binaries.InitDb, "-D", PathInside, "-U", Superuser, "--encoding=UTF8",
                "--locale=C", "--data-checksums", "--auth-local=trust", "--auth-host=reject"),
            cancel);
        initialise.RequireSuccess();
        var create = await Tool.RunAsync(
            CommandLine(UnixSignal.Kill, Binaries.Server, "--single", "-D", PathInside, "postgres"),
            cancel, input: $"CREATE DATABASE {Database};\n");
        create.RequireSuccess();
    }

    private static int ReadVersion(string cluster)
    {
        try
        {
            var version = File.ReadAllText(Path.Combine(cluster, "PG_VERSION"));
            return int.Parse(version.Trim(), CultureInfo.InvariantCulture);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandFailedException($"{cluster} belongs to another user; run the command as that user.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or FormatException)
        {
            throw new CommandFailedException(
                $"{cluster} is not a PostgreSQL cluster (no valid PG_VERSION in it). Restore it, or move it away.", e);
        }
    }

    private static async Task<UnixIdentity?> OwnerAsync(string cluster, CancellationToken cancel)
    {
        var owner = await UnixIdentity.OwnerOfAsync(cluster, cancel);
        var current = await UnixIdentity.CurrentAsync(cancel);
        if (owner.UserId == 0)
        {
            throw new CommandFailedException(
                $"{cluster} belongs to root, and PostgreSQL does not run as root. Give it (chown -R) to another user.");
        }
        if (owner.UserId == current.UserId)
            return null;
        return current.UserId == 0
            ? owner
            : throw new CommandFailedException(
                $"{cluster} belongs to another user (id {owner.UserId}); run the command as that user.");
    }

    private static async Task<UnixIdentity?> NewOwnerAsync(CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        return await UnixIdentity.FindAsync("postgres", cancel)
            ?? await UnixIdentity.FindAsync("nobody", cancel)
            ?? throw new CommandFailedException(
                "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as.");
    }
}
