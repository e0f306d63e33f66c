using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>A process started by the tests, with what it printed; it never outlives the test host.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    /// <summary>Expects that a program fails, in whatever way.</summary>
    public const int AnyFailure = -1;

    private const int MostLines = 2000;
    private const int Sigkill = 9, Sigterm = 15;
    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private bool _disposed;

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The newest lines of both outputs.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Starts a program, dropping root for <paramref name="user"/> if given.</summary>
    public static async Task<ChildProcess> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null, string? user = null,
        string? directory = null)
    {
        var start = new ProcessStartInfo(Executable.Find("setpriv"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = directory ?? "/",
        };
        string[] drop = user is null ? [] : ["--reuid", user, "--regid", user, "--init-groups"];
        foreach (var argument in (string[])[.. drop, "--pdeathsig", "KILL", "--", .. command])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        var process = new ChildProcess(await Spawner.StartAsync(start));
        StoreTestFramework.DisposeAfterTests(process);
        return process;
    }

    /// <summary>Runs a program to its end; fails with its output unless it exits as expected.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null, string? user = null,
        string? directory = null, int exitCode = 0)
    {
        using var process = await StartAsync(command, environment, user, directory);
        await process.WaitForExitAsync(TimeSpan.FromMinutes(3));
        if (exitCode == AnyFailure ? process.ExitCode == 0 : process.ExitCode != exitCode)
        {
            Assert.Fail($"'{string.Join(' ', command)}' exited with {process.ExitCode}, not {exitCode}:\n" +
                process.Output);
        }
        return process.Output;
    }

    public void Kill() => Signal(Sigkill);

    public void Terminate() => Signal(Sigterm);

    /// <summary>Ids of the direct children that live.</summary>
    public IReadOnlyList<int> Children()
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && ParentOf(id) == Id)
                children.Add(id);
        }
        return children;
    }

    /// <summary>Kills a process that <see cref="Children"/> named.</summary>
    public static void Kill(int id) => _ = SendSignal(id, Sigkill);

    public async Task WaitForExitAsync(TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"'{_process.StartInfo.ArgumentList.Last()}' did not exit within {limit}:\n{Output}");
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited)
            _ = SendSignal(_process.Id, signal);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
