using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CasStore.Bench.Processes;

/// <summary>A server's process, which ends with ours.</summary>
internal sealed partial class ServerProcess
{
    // Unlike an interrupt, not ignored where we were started in the background.
    private const int Terminate = 15;
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly string _output;

    private ServerProcess(Process process, string program, string output)
    {
        _process = process;
        Program = program;
        _output = output;
    }

    public string Program { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Its id; what starts it gives way to it.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it in a session of its own: a terminal's Ctrl-C reaches us, and we stop it once.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables; those that are null it has not.</param>
    /// <param name="output">The file at whose end what it prints goes.</param>
    /// <param name="showErrors">Whether what it prints as errors goes where ours goes rather than there.</param>
    public static async Task<ServerProcess> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?> environment, string output,
        bool showErrors = false)
    {
        var errors = showErrors ? "" : "2>&1 ";
        string[] arguments =
        [
            "setpriv", "--pdeathsig=TERM", "--", "sh", "-c", $"""exec "$@" >>"$0" {errors}</dev/null""", output,
            ShortProcess.Find(command[0]) ?? command[0], .. command.Skip(1),
        ];
        var start = new ProcessStartInfo("setsid", arguments) { UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The kernel ties a death signal to the thread that forked, so that thread lives as long as the child.
        var parent = new Thread(() => Own(start, started)) { IsBackground = true, Name = command[0] };
        parent.Start();
        return new ServerProcess(await started.Task, command[0], output);
    }

    /// <summary>Its id, and those of the processes that it started.</summary>
    public IEnumerable<int> WithChildren()
    {
        var children = File.ReadAllText(
            string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task/{_process.Id}/children"));
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
            .Prepend(_process.Id);
    }

    /// <summary>What it printed last.</summary>
    public string LastWords() =>
        File.Exists(_output) ? string.Join(" / ", File.ReadLines(_output).TakeLast(3)) : "nothing was printed";

    /// <summary>Asks it to stop, then kills it. Returns its exit code, or null when it had to be killed.</summary>
    public async Task<int?> StopAsync()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, Terminate);
        using var limit = new CancellationTokenSource(s_stopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            return null;
        }
    }

    private static void Own(ProcessStartInfo start, TaskCompletionSource<Process> started)
    {
        try
        {
            var process = Process.Start(start)!;
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
