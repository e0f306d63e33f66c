using System.CommandLine;
using System.Diagnostics;
using CasStore.Bench.Store;

namespace CasStore.Bench;

/// <summary><c>bench micro</c>: a project of its own, because its packages are many.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var arguments = new Argument<string[]>("filter")
        {
            Description = "Part of a benchmark's name, then options of BenchmarkDotNet after -- (such as --job Short)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("micro", "Time and allocations of single steps: hashing, signatures, XML, the log")
        {
            arguments,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var project = Path.Combine(SourceTree.Root, "bench", "Micro");
            await RunAsync(
                ["build", project, "-c", "Release", "--nologo", "-v", "quiet", "-clp:ErrorsOnly;NoSummary"], cancel);
            return await RunAsync(
                [
                    Path.Combine(project, "bin", "Release", "net10.0", "CasStore.Micro.dll"),
                    .. parsed.GetValue(arguments) ?? [],
                    "--artifacts", Path.Combine(SourceTree.Root, "artifacts", "micro"),
                ],
                cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false })!;
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return process.ExitCode;
    }
}
