using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CasStore.Cli.Data;

/// <summary>
/// The data directory is one process's at a time: the one that runs the embedded PostgreSQL in it. The kernel releases
/// the lock (flock) when that process dies, however it dies.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the lock as <c>casstore serve</c>, waiting while an operator's command has it.</summary>
    /// <exception cref="CommandFailedException">Another serve runs in this directory.</exception>
    public static async Task<DataLock> TakeToServeAsync(DataDirectory data, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(data, "serve") is { } taken)
                return taken;
            var holder = ReadHolder(data);
            var patience = IsServe(holder) ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(30);
            if (clock.Elapsed > patience)
            {
                throw new CommandFailedException(
                    $"The data directory {data.Root} is in use by 'casstore {holder}'. " +
                    "Stop that first, or give another directory with --data.");
            }
            await Task.Delay(s_retryAfter, cancel);
        }
    }

    /// <summary>Takes the lock for one command; null when a serve has it, whose PostgreSQL can then be used.</summary>
    public static async Task<DataLock?> TakeForCommandAsync(DataDirectory data, CancellationToken cancel)
    {
        while (true)
        {
            if (TryTake(data, "command") is { } taken)
                return taken;
            if (IsServe(ReadHolder(data)))
                return null;
            await Task.Delay(s_retryAfter, cancel);
        }
    }

    public void Dispose() => _file.Dispose();

    private static DataLock? TryTake(DataDirectory data, string purpose)
    {
        try
        {
            var file = new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var holder = string.Create(CultureInfo.InvariantCulture, $"{purpose}, process {Environment.ProcessId}");
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(holder));
            file.Flush();
            return new DataLock(file);
        }
        catch (IOException) when (File.Exists(data.LockFile))
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandFailedException(
                $"The data directory {data.Root} belongs to another user; run the command as that user.", e);
        }
    }

    private static string ReadHolder(DataDirectory data)
    {
        using var file = new FileStream(
            data.LockFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.ASCII);
        return reader.ReadToEnd();
    }

    private static bool IsServe(string holder) => holder.StartsWith("serve,", StringComparison.Ordinal);
}
