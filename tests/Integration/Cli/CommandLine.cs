using System.Collections;
using System.Diagnostics;
using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Cli;

/// <summary>The CLI as a process, with nothing of the store in its environment but what a test gives.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    /// <summary>How a command ended and what it said.</summary>
    public sealed record Result(int ExitCode, string Output, string Errors)
    {
        public string RequireSuccess()
        {
            ExitCode.ShouldBe(0, Errors);
            return Output;
        }
    }

    public static async Task<Result> RunAsync(string data, params string[] arguments)
    {
        using var process = await StartAsync(["--data", data], arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new Result(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a command: the words of the verb, then the options, then the rest.</summary>
    public static Task<Process> StartAsync(
        string[] options, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Who runs the tests in the background of a shell has them ignore SIGINT, which children inherit.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--default-signal=INT");
        foreach (var argument in Repository.CliCommand.Concat(arguments).Concat(options))
            start.ArgumentList.Add(argument);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith("CASSTORE_", StringComparison.Ordinal))
                start.Environment.Remove((string)variable.Key);
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Spawner.StartAsync(start);
    }
}
