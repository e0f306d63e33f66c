using System.Diagnostics;

namespace CasStore.Cli.Processes;

/// <summary>A running child.</summary>
internal sealed class ChildProcess
{
    private readonly Process _process;

    public ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        Exited = WaitAsync();
    }

    public int Id { get; }

    /// <summary>Completes with the exit code when the process has ended (128 + n: by signal n).</summary>
    public Task<int> Exited { get; }

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;

    public void Signal(UnixSignal signal)
    {
        if (!Exited.IsCompleted)
            Libc.Signal(Id, signal);
    }

    /// <summary>Asks the process to end; makes it when it has not within the grace or when forced.</summary>
    public async Task StopAsync(UnixSignal ask, UnixSignal make, TimeSpan grace, CancellationToken force)
    {
        Signal(ask);
        try
        {
            await Exited.WaitAsync(grace, force);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Signal(make);
            await Exited;
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        var code = _process.ExitCode;
        _process.Dispose();
        return code;
    }
}
