namespace CasStore.Tests.Integration.Harness;

/// <summary>A directory that is removed with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The name is short, because a unix socket's path has at most 107 bytes.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cst-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Someone else removed it: that is what was wanted.
        }
    }
}
