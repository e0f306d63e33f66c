using System.Diagnostics;

namespace CasStore.Bench.Processes;

/// <summary>A program that ends by itself.</summary>
internal static class ShortProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Where a program is, or null. Servers are often installed where only root looks.</summary>
    public static string? Find(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':')
            .Where(directory => directory.Length > 0)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Returns what it printed on its standard output, or else on its standard error.</summary>
    /// <exception cref="BenchmarkException">It failed, or took too long.</exception>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Find(command[0]) ?? command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(s_limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new BenchmarkException($"{command[0]} failed (exit code {process.ExitCode}): {await errors}");
            return output.Length > 0 ? output : await errors;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancel.IsCancellationRequested)
                throw;
            throw new BenchmarkException($"{command[0]} did not end within {s_limit.TotalSeconds:N0} s.");
        }
    }
}
