using System.Globalization;

namespace CasStore.Bench.Targets;

/// <summary>Processes and all that descends from them, with their processor time, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>What they took so far, user and system, with that of descendants that ended.</summary>
    public static TimeSpan CpuTime(IReadOnlyList<int> roots) =>
        TimeSpan.FromSeconds(Find(roots).Sum(stat => stat.Ticks) / TicksPerSecond);

    /// <summary>They and their descendants, but for what ended.</summary>
    public static IReadOnlyList<int> Members(IReadOnlyList<int> roots) => Find(roots).Select(stat => stat.Id).ToList();

    private static List<Stat> Find(IReadOnlyList<int> roots)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(Read)
            .OfType<Stat>()
            .ToDictionary(stat => stat.Id);
        return processes.Values.Where(stat => Descends(stat, roots, processes)).ToList();
    }

    /// <summary>Parses <c>/proc/ID/stat</c>.</summary>
    public static Stat Parse(string text)
    {
        // The name, in parentheses, may hold spaces and parentheses of its own.
        var name = text.LastIndexOf(')');
        var fields = text[(name + 2)..].Split(' ');
        // Fields 14 to 17 as the manual counts: utime, stime, cutime, cstime.
        return new Stat(
            int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    private static Stat? Read(int id)
    {
        try
        {
            return Parse(File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private static bool Descends(Stat process, IReadOnlyList<int> roots, Dictionary<int, Stat> processes)
    {
        for (var at = process; ; at = processes[at.Parent])
        {
            if (roots.Contains(at.Id))
                return true;
            if (!processes.ContainsKey(at.Parent))
                return false;
        }
    }

    /// <summary>A process, its parent, and the processor time of it and of its children that ended.</summary>
    public sealed record Stat(int Id, int Parent, long Ticks);
}
