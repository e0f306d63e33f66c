using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CasStore.Cli.Data;

/// <summary>
/// The data directory is one process's at a time: the one that runs the embedded PostgreSQL in it. The kernel releases
/// the lock when that process dies, however it dies.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private const string Serve = "serve", Command = "command";
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(50);
    // A serve that was killed a moment ago is gone in a moment; a command is done in seconds.
    private static readonly TimeSpan s_patienceForServe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patienceForCommand = TimeSpan.FromSeconds(60);
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the lock as <c>casstore serve</c>, waiting while an operator's command has it.</summary>
    /// <exception cref="CommandFailedException">Another serve runs in this directory.</exception>
    public static async Task<DataLock> TakeToServeAsync(DataDirectory data, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(data, Serve, out var holder) is { } taken)
                return taken;
            if (clock.Elapsed > (holder.IsServe ? s_patienceForServe : s_patienceForCommand))
                throw InUse(data, holder);
            await Task.Delay(s_retryAfter, cancel);
        }
    }

    /// <summary>Takes the lock for one command; null when a serve has it, whose PostgreSQL can then be used.</summary>
    /// <exception cref="CommandFailedException">Another command does not end.</exception>
    public static async Task<DataLock?> TakeForCommandAsync(DataDirectory data, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(data, Command, out var holder) is { } taken)
                return taken;
            if (holder is { IsServe: true, IsAlive: true })
                return null;
            if (clock.Elapsed > s_patienceForCommand)
                throw InUse(data, holder);
            await Task.Delay(s_retryAfter, cancel);
        }
    }

    public void Dispose() => _file.Dispose();

    private static DataLock? TryTake(DataDirectory data, string purpose, out Holder holder)
    {
        FileStream file;
        try
        {
            file = new FileStream(data.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CommandFailedException(
                $"The data directory {data.Root} belongs to another user; run the command as that user.", e);
        }
        try
        {
            file.Lock(0, 1);
        }
        catch (IOException)
        {
            using var reader = new StreamReader(file, Encoding.ASCII);
            holder = new Holder(reader.ReadToEnd());
            return null;
        }
        holder = new Holder(string.Create(CultureInfo.InvariantCulture, $"{purpose} {Environment.ProcessId}"));
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(holder.Text));
        file.Flush();
        return new DataLock(file);
    }

    private static CommandFailedException InUse(DataDirectory data, Holder holder) => new(
        $"The data directory {data.Root} is in use by 'casstore {holder.Purpose}' (process {holder.ProcessId}). " +
        "Stop that first, or give another directory with --data.");

    /// <summary>Who has the lock, in its own words: what it does and its process id.</summary>
    private sealed record Holder(string Text)
    {
        public string Purpose => Text.Split(' ')[0];

        public string ProcessId => Text.Split(' ')[^1];

        public bool IsServe => Purpose == Serve;

        // The words of a killed holder stay until the next one has written its own.
        public bool IsAlive => Directory.Exists($"/proc/{ProcessId}");
    }
}
