namespace CasStore.Bench.Store;

/// <summary>The source tree that this was built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CasStore.sln")))
                return at.FullName;
        }
        throw new BenchmarkException("Benchmarks run from a source tree.");
    }
}
