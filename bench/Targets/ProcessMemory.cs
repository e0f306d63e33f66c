using System.Globalization;

namespace CasStore.Bench.Targets;

/// <summary>Memory of processes, from <c>/proc</c>, in MB of 1,000,000 bytes.</summary>
internal static class ProcessMemory
{
    /// <summary>Resident now, of some processes together.</summary>
    public static double Resident(IReadOnlyList<int> ids) => Sum(ids, "status", "VmRSS:");

    /// <summary>The most that each had resident since it started.</summary>
    public static double Peak(IReadOnlyList<int> ids) => Sum(ids, "status", "VmHWM:");

    /// <summary>Resident of processes and all that descends from them; what several share counts once.</summary>
    public static double Proportional(IReadOnlyList<int> roots) =>
        Sum(ProcessTree.Members(roots), "smaps_rollup", "Pss:");

    /// <summary>Finds a line such as "VmHWM:    28416 kB", of 1,024 bytes.</summary>
    public static double Parse(IEnumerable<string> lines, string name)
    {
        var line = lines.First(line => line.StartsWith(name, StringComparison.Ordinal));
        var kibibytes = long.Parse(line.AsSpan(name.Length).TrimEnd(" kB").Trim(), CultureInfo.InvariantCulture);
        return kibibytes * 1024.0 / 1_000_000;
    }

    private static double Sum(IReadOnlyList<int> ids, string file, string name) => ids.Sum(id =>
    {
        try
        {
            return Parse(File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}")), name);
        }
        catch (IOException)
        {
            // A new process would start with a peak of its own.
            throw new BenchmarkException($"Process {id} ended while its memory was measured.");
        }
    });
}
