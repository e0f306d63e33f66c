namespace CasStore.Tests.Integration.Harness;

/// <summary>Programs that the tests need.</summary>
internal static class Executable
{
    /// <summary>Full path of a program in PATH.</summary>
    public static string Find(string name) => TryFind(name, SearchPath()) ?? throw new InvalidOperationException(
        $"The program '{name}' is not in PATH. Run eng/install-test-clients.");

    /// <summary>Full path of a PostgreSQL program: in PATH, or where Debian puts it (newest version first).</summary>
    public static string FindPostgres(string name) =>
        TryFind(name, SearchPath().Concat(DebianFolders())) ?? throw new InvalidOperationException(
            $"PostgreSQL's '{name}' is neither in PATH nor below /usr/lib/postgresql. Install PostgreSQL 15 or later.");

    private static string? TryFind(string name, IEnumerable<string> folders)
    {
        var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        // initdb looks for its neighbours beside the real file.
        return path is null ? null : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
    }

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> DebianFolders() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
}
