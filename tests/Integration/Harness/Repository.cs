namespace CasStore.Tests.Integration.Harness;

/// <summary>Where the repository and what was built from it are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: as this assembly was built.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>What starts the Api: the native executable if one is given, else the built assembly.</summary>
    public static string[] ApiCommand { get; } =
        Environment.GetEnvironmentVariable("CASSTORE_TEST_API") is { Length: > 0 } native
            ? [Path.GetFullPath(native)]
            : ["dotnet", Assembly("Api")];

    /// <summary>The command line of the operator's tool.</summary>
    public static string[] CliCommand { get; } = ["dotnet", Assembly("Cli")];

    /// <summary>The benchmarks.</summary>
    public static string[] BenchCommand { get; } =
        ["dotnet", Path.Combine(Root, "bench", "bin", Configuration, "net10.0", "CasStore.Bench.dll")];

    /// <summary>A writer of packs, to be killed.</summary>
    public static string[] PackWorkloadCommand { get; } =
    [
        "dotnet",
        Path.Combine(
            Root, "tests", "PackWorkload", "bin", Configuration, "net10.0", "CasStore.Tests.PackWorkload.dll"),
    ];

    private static string Assembly(string project) =>
        Path.Combine(Root, "src", project, "bin", Configuration, "net10.0", $"CasStore.{project}.dll");

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CasStore.sln")))
                return folder;
        }
        throw new InvalidOperationException($"CasStore.sln is not above {AppContext.BaseDirectory}.");
    }
}
