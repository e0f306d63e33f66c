using System.Globalization;
using CasStore.Bench.Processes;
using CasStore.Bench.Store;

namespace CasStore.Bench.Disk;

/// <summary>A library that, preloaded into every process of a store, makes flushes take longer.</summary>
internal sealed record FlushDelay(string Library, int Microseconds)
{
    /// <summary>Compiles the library and copies it to a directory, where any user can read it.</summary>
    public static async Task<FlushDelay> PrepareAsync(
        string directory, int microseconds, CancellationToken cancel)
    {
        string[] compile = [Path.Combine(SourceTree.Root, "eng", "flush-delay")];
        var none = new Dictionary<string, string?>(StringComparer.Ordinal);
        var built = (await ShortProcess.RunAsync(compile, none, cancel)).Trim();
        // PostgreSQL may run as another user, whom the source tree need not be open to.
        var library = Path.Combine(directory, Path.GetFileName(built));
        File.Copy(built, library);
        const UnixFileMode Everyone = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(library, Everyone);
        return new FlushDelay(library, microseconds);
    }

    public Dictionary<string, string?> Environment => new(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library,
        ["FLUSH_DELAY_US"] = Microseconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <exception cref="BenchmarkException">A process runs without the delay.</exception>
    public void RequireIn(string name, int processId)
    {
        var maps = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/maps"));
        if (!maps.Contains(Library, StringComparison.Ordinal))
            throw new BenchmarkException($"The delay of flushes did not reach {name}; the figures would be wrong.");
    }
}
