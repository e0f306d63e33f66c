namespace CasStore.Tests.Integration.Harness;

/// <summary>A directory that is removed with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>It goes with the test run at the latest, should a test not come to its end.</summary>
    public TemporaryDirectory() => StoreTestFramework.DisposeAfterTests(this);

    /// <summary>The name is short, because a unix socket's path has at most 107 bytes.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cst-").FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        for (var attempt = 0; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < 100)
            {
                // A backend that notices its postmaster's death a moment later may still make files.
                Thread.Sleep(20);
            }
        }
    }
}
