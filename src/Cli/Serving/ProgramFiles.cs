namespace CasStore.Cli.Serving;

/// <summary>Where the programs are that serve starts: beside the CLI when installed, else in the source tree.</summary>
internal static class ProgramFiles
{
    private static readonly string[] s_apiSources = ["Api", "BlobCas", "Events", "Projections"];

    /// <summary>The data plane: the natively compiled one where there is an up-to-date one.</summary>
    public static string Api() => NativeApi() ?? Find("Api");

    public static string Workers() => Find("Workers");

    private static string Find(string project)
    {
        var name = "CasStore." + project;
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        // Installed: …/cli, …/api, …/workers. Source tree: src/Cli/bin/Release/net10.0, src/Api/bin/Release/net10.0, …
        var installed = Path.Combine(here.Parent!.FullName, project.ToLowerInvariant(), name);
        if (File.Exists(installed))
            return installed;
        if (SourceRoot() is { } root)
        {
            var built = Path.Combine(root, "src", project, "bin", here.Parent.Name, here.Name, name);
            if (File.Exists(built))
                return built;
        }
        throw new CommandFailedException($"{name} was not found. Build it first: dotnet build src/{project}.");
    }

    private static string? NativeApi()
    {
        if (SourceRoot() is not { } root)
            return null;
        var native = new FileInfo(Path.Combine(root, "artifacts", "api", "CasStore.Api"));
        if (!native.Exists)
            return null;
        var isCurrent = s_apiSources
            .SelectMany(project => SourceFiles(Path.Combine(root, "src", project)))
            .All(file => file.LastWriteTimeUtc < native.LastWriteTimeUtc);
        return isCurrent ? native.FullName : null;
    }

    private static IEnumerable<FileInfo> SourceFiles(string project)
    {
        var directory = new DirectoryInfo(project);
        return directory.EnumerateFiles().Concat(directory.EnumerateDirectories()
            .Where(folder => folder.Name is not ("bin" or "obj"))
            .SelectMany(folder => folder.EnumerateFiles("*", SearchOption.AllDirectories)));
    }

    private static string? SourceRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "CasStore.sln")))
                return at.FullName;
        }
        return null;
    }
}
