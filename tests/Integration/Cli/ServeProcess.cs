using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace CasStore.Tests.Integration.Cli;

/// <summary>A running <c>casstore serve</c>.</summary>
internal sealed partial class ServeProcess : IAsyncDisposable
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15, Continue = 18, Halt = 19;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient s_http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(Process process, string data, Uri endpoint, Uri console)
    {
        (_process, Data, Endpoint, Console) = (process, data, endpoint, console);
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => Receive(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Data { get; }

    public Uri Endpoint { get; }

    public Uri Console { get; }

    public int ProcessId => _process.Id;

    public int ApiProcessId => ReadPid("run/api.pid");

    public int WorkersProcessId => ReadPid("run/workers.pid");

    public int PostgresProcessId => ReadPid("postgres/postmaster.pid");

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts the store and waits until it says where it is.</summary>
    public static async Task<ServeProcess> StartAsync(
        string data, IReadOnlyDictionary<string, string>? environment = null, Uri? endpoint = null)
    {
        var serve = await LaunchAsync(data, environment, endpoint);
        var exited = serve.WaitForExitAsync();
        var first = await Task.WhenAny(serve._announced.Task, exited).WaitAsync(s_limit);
        first.ShouldNotBe(exited, serve.Output);
        return serve;
    }

    /// <summary>Starts the store and does not wait.</summary>
    public static async Task<ServeProcess> LaunchAsync(
        string data, IReadOnlyDictionary<string, string>? environment = null, Uri? endpoint = null)
    {
        var (s3, console) = (endpoint ?? FreeAddress(), FreeAddress());
        string[] options = ["--data", data, "--listen", Origin(s3), "--console-listen", Origin(console)];
        return new ServeProcess(await CommandLine.StartAsync(options, ["serve"], environment), data, s3, console);
    }

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_limit);
        return _process.ExitCode;
    }

    public void Signal(int signal) => Signal(ProcessId, signal);

    public static void Signal(int process, int signal) => SendSignal(process, signal).ShouldBe(0);

    public static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat")
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            clock.Elapsed.ShouldBeLessThan(s_limit, what);
            await Task.Delay(50);
        }
    }

    public static Task UntilGoneAsync(params int[] processes) =>
        EventuallyAsync(() => Task.FromResult(!processes.Any(IsAlive)), "the processes should end");

    public static async Task<bool> IsReadyAsync(Uri server)
    {
        try
        {
            using var answer = await s_http.GetAsync(new Uri(server, "/-/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Its children end with it, PostgreSQL in good order; the directory must not go before they have.
            string[] files = ["postgres/postmaster.pid", "run/api.pid", "run/workers.pid"];
            int[] children = [.. files.Select(TryReadPid)];
            _process.Kill();
            await WaitForExitAsync();
            await UntilGoneAsync([.. children.Where(child => child > 0)]);
        }
        _process.Dispose();
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private void Receive(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        // The last line that it prints when all is up.
        if (line.StartsWith("Try ", StringComparison.Ordinal))
            _announced.TrySetResult();
    }

    private int ReadPid(string file) => int.Parse(
        File.ReadLines(Path.Combine(Data, file)).First(), NumberStyles.None, CultureInfo.InvariantCulture);

    private int TryReadPid(string file) => File.Exists(Path.Combine(Data, file)) ? ReadPid(file) : 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
