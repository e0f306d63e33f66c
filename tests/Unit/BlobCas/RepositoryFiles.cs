namespace CasStore.Tests.Unit.BlobCas;

/// <summary>Finds files of the source tree from wherever the tests were built to.</summary>
internal static class RepositoryFiles
{
    public static string PathOf(string relative)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CasStore.sln")))
            directory = directory.Parent;
        directory.ShouldNotBeNull("The tests must run from inside the repository.");
        return Path.Combine(directory.FullName, relative);
    }
}
