namespace CasStore.BlobCas.Storage;

/// <summary>Directories with mode 0700.</summary>
internal static class OwnerDirectory
{
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a directory and its parents where missing; each is durable when this returns.</summary>
    public static void CreateDurably(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return;
        CreateDurably(parent);
        Create(path);
        Posix.FlushDirectory(parent);
    }

    /// <summary>Makes a directory where missing; the caller flushes its parent.</summary>
    public static void Create(string path) => Directory.CreateDirectory(path, OwnerOnly);
}
