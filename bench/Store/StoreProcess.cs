using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CasStore.Bench.Store;

/// <summary><c>casstore serve</c> as a child.</summary>
internal sealed partial class StoreProcess
{
    // Unlike an interrupt, not ignored where we were started in the background.
    private const int Terminate = 15;
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;

    private StoreProcess(Process process) => _process = process;

    /// <summary>Of <c>casstore serve</c>: setsid and setpriv give way to it.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it in a session of its own: a terminal's Ctrl-C reaches us, and we stop it once.</summary>
    public static async Task<StoreProcess> StartAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            // Its messages are for people, and our output may be for machines.
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        string[] command =
        [
            "setpriv", "--pdeathsig=TERM", "--", Path.Combine(SourceTree.Root, "casstore"), "serve", .. arguments,
        ];
        foreach (var argument in command)
            start.ArgumentList.Add(argument);
        // The operator's own store must not be what is measured.
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith("CASSTORE_", StringComparison.Ordinal))
                start.Environment.Remove((string)variable.Key);
        }
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The kernel ties a death signal to the thread that forked, so that thread lives as long as the child.
        var parent = new Thread(() => Own(start, started)) { IsBackground = true, Name = "store" };
        parent.Start();
        return new StoreProcess(await started.Task);
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    /// <exception cref="BenchmarkException">It did not stop in order.</exception>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(s_stopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new BenchmarkException("The store did not stop when asked to; it was killed.");
        }
        if (_process.ExitCode != 0)
            throw new BenchmarkException($"The store ended with exit code {_process.ExitCode}.");
    }

    private static void Own(ProcessStartInfo start, TaskCompletionSource<Process> started)
    {
        try
        {
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            started.SetResult(process);
            process.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            started.SetException(new BenchmarkException($"Cannot run setsid: {e.Message}"));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
