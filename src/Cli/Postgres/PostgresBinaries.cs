using System.Globalization;
using System.Text.RegularExpressions;

using CasStore.Cli.Processes;

namespace CasStore.Cli.Postgres;

/// <summary>An installed PostgreSQL.</summary>
/// <param name="MajorVersion">15, 16, …</param>
/// <param name="BinDirectory">Where postgres and initdb are.</param>
internal sealed partial record PostgresBinaries(int MajorVersion, string BinDirectory)
{
    private const int OldestSupported = 15;
    private const string DebianRoot = "/usr/lib/postgresql";

    public string Server => Path.Combine(BinDirectory, "postgres");

    public string InitDb => Path.Combine(BinDirectory, "initdb");

    /// <summary>Every PostgreSQL in PATH and in Debian's directories, newest first.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAllAsync(CancellationToken cancel)
    {
        var found = new List<PostgresBinaries>();
        foreach (var directory in CandidateDirectories().Distinct(StringComparer.Ordinal))
        {
            var server = Path.Combine(directory, "postgres");
            if (!File.Exists(server) || !File.Exists(Path.Combine(directory, "initdb")))
                continue;
            var version = await Tool.RunAsync([server, "-V"], cancel);
            if (MajorPattern().Match(version.Output) is { Success: true } match)
            {
                var major = int.Parse(match.ValueSpan, CultureInfo.InvariantCulture);
                found.Add(new PostgresBinaries(major, directory));
            }
        }
        return [.. found.OrderByDescending(binaries => binaries.MajorVersion)];
    }

    /// <summary>The newest PostgreSQL, or the one of the version asked for.</summary>
    /// <exception cref="CommandFailedException">There is none, or none of that version.</exception>
    public static PostgresBinaries Choose(IReadOnlyList<PostgresBinaries> installed, string cluster, int? madeBy)
    {
        var fitting = installed.FirstOrDefault(
            binaries => madeBy is null ? binaries.MajorVersion >= OldestSupported : binaries.MajorVersion == madeBy);
        if (fitting is not null)
            return fitting;
        var have = installed.Count == 0
            ? "no PostgreSQL was found"
            : $"only {string.Join(" and ", installed.Select(b => $"{b.MajorVersion} in {b.BinDirectory}"))} was found";
        throw new CommandFailedException(madeBy is null
            ? $"PostgreSQL {OldestSupported} or newer is needed, but {have}. " +
              "Install it (eng/install-postgresql, or the package postgresql), " +
              "or set CASSTORE_POSTGRES to a server's connection string."
            : $"{cluster} was made by PostgreSQL {madeBy}, but {have}. Install PostgreSQL {madeBy}, or move the " +
              "data to the newer version with pg_upgrade.");
    }

    private static IEnumerable<string> CandidateDirectories()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var directory in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            // pg_ctl alone is often linked into PATH; the server is where the link leads.
            foreach (var name in (string[])["postgres", "pg_ctl"])
            {
                var file = new FileInfo(Path.Combine(directory, name));
                if (file.Exists)
                    yield return Path.GetDirectoryName((file.ResolveLinkTarget(true) ?? file).FullName)!;
            }
        }
        if (!Directory.Exists(DebianRoot))
            yield break;
        foreach (var version in Directory.EnumerateDirectories(DebianRoot))
            yield return Path.Combine(version, "bin");
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )[0-9]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MajorPattern();
}
