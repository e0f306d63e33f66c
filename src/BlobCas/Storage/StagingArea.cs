using System.Globalization;

namespace CasStore.BlobCas.Storage;

/// <summary>The directory of files that are not blobs yet. Its lock gives the data directory to one process.</summary>
internal sealed class StagingArea : IDisposable
{
    private const string LockName = ".lock";

    private readonly string _directory;
    private readonly FileStream _lock;
    private long _lastName;

    private StagingArea(string directory, FileStream held)
    {
        _directory = directory;
        _lock = held;
    }

    /// <summary>Takes the lock, then removes what a dead process left.</summary>
    /// <exception cref="IOException">Another process has the data directory.</exception>
    public static StagingArea Open(BlobLayout layout)
    {
        var area = new StagingArea(layout.Staging, TakeLock(layout));
        foreach (var path in Directory.EnumerateFiles(layout.Staging))
        {
            if (Path.GetFileName(path) != LockName)
                Posix.Remove(path);
        }
        return area;
    }

    /// <summary>A path that no other staging file has.</summary>
    public string NewPath() => Path.Combine(
        _directory, Interlocked.Increment(ref _lastName).ToString("x16", CultureInfo.InvariantCulture));

    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(BlobLayout layout)
    {
        try
        {
            return new FileStream(Path.Combine(layout.Staging, LockName), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException e) when (e.HResult == Posix.WouldBlock)
        {
            throw new IOException($"The data directory '{layout.Root}' is in use by another process.", e);
        }
    }
}
