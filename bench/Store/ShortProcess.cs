using System.Diagnostics;

namespace CasStore.Bench.Store;

/// <summary>A program that ends by itself.</summary>
internal static class ShortProcess
{
    /// <summary>Returns what it printed.</summary>
    /// <exception cref="BenchmarkException">It failed.</exception>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? output
            : throw new BenchmarkException($"{command[0]} failed (exit code {process.ExitCode}).");
    }
}
