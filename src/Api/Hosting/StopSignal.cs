using System.Runtime.InteropServices;

namespace CasStore.Api.Hosting;

/// <summary>Ctrl-C and SIGTERM, which then no longer end the process at once.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly TaskCompletionSource _given = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt, _terminate;

    public StopSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Give);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Give);
    }

    /// <summary>Completed by the first of them.</summary>
    public Task Given => _given.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Give(PosixSignalContext context)
    {
        context.Cancel = true;
        _given.TrySetResult();
    }
}
