using System.Globalization;

namespace CasStore.Cli.Postgres;

/// <summary>What a running server tells of itself in postmaster.pid.</summary>
internal sealed record PostmasterFile(int ProcessId, bool IsReady)
{
    private const int StatusLine = 7;

    /// <summary>Reads the file; null when there is none or it is not written yet.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(cluster, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }
        if (lines.Length == 0
            || !int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process))
        {
            return null;
        }
        return new PostmasterFile(process, lines.Length > StatusLine && lines[StatusLine].Trim() == "ready");
    }
}
