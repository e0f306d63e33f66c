namespace CasStore.Cli.Data;

/// <summary>The paths of a data directory that the CLI looks after.</summary>
internal sealed class DataDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataDirectory(string root) => Root = root;

    public string Root { get; }

    public string Run => Path.Combine(Root, "run");

    /// <summary>The embedded PostgreSQL's cluster; its socket is in it too.</summary>
    public string Cluster => Path.Combine(Root, "postgres");

    public string Credentials => Path.Combine(Root, "credentials");

    public string LockFile => Path.Combine(Run, "serve.lock");

    public string PostgresLog => Path.Combine(Run, "postgres.log");

    public string PidFile(string process) => Path.Combine(Run, process + ".pid");

    /// <summary>Makes the directory when it is missing, readable for its owner only.</summary>
    /// <exception cref="CommandFailedException">It cannot be made or written.</exception>
    public static DataDirectory Prepare(string path)
    {
        var data = new DataDirectory(Path.GetFullPath(path));
        try
        {
            if (!Directory.Exists(data.Root))
                Directory.CreateDirectory(data.Root, OwnerOnly);
            else if (!Directory.EnumerateFileSystemEntries(data.Root).Any())
                File.SetUnixFileMode(data.Root, OwnerOnly);
            Directory.CreateDirectory(data.Run, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                $"The data directory {data.Root} cannot be used: {e.Message} Give another one with --data.", e);
        }
        return data;
    }

    /// <summary>Writes a file so that it is there whole or not at all.</summary>
    public static void WriteWhole(string path, string text, UnixFileMode mode)
    {
        var staged = path + ".new";
        File.Delete(staged);
        using (var file = new FileStream(staged, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = mode,
        }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        File.Move(staged, path, overwrite: true);
    }
}
