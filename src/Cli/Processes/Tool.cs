using System.Diagnostics;

namespace CasStore.Cli.Processes;

/// <summary>Runs a short-lived program and collects what it says.</summary>
internal static class Tool
{
    /// <exception cref="CommandFailedException">There is no such program.</exception>
    public static async Task<ToolResult> RunAsync(
        IReadOnlyList<string> command, CancellationToken cancel, string? input = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Its messages are read by us, so not in the operator's language.
        start.Environment["LC_ALL"] = "C";
        using var process = await ChildLauncher.ForkAsync(start);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancel);
            return new ToolResult(command[0], process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record ToolResult(string Name, int ExitCode, string Output, string Errors)
{
    /// <summary>Returns the output.</summary>
    /// <exception cref="CommandFailedException">The program failed.</exception>
    public string RequireSuccess() => ExitCode == 0
        ? Output
        : throw new CommandFailedException($"{Name} failed (exit code {ExitCode}): {Errors.Trim()}");
}
