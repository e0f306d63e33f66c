using System.Globalization;

using CasStore.Cli.Serving;

namespace CasStore.Cli.Processes;

/// <summary>Keeps a child running: when it ends unasked it is started again, later if it soon ends again.</summary>
/// <param name="name">What the messages call it.</param>
/// <param name="start">Starts the child; returns when it may be relied on.</param>
/// <param name="stop">Ends the child; the token means at once.</param>
/// <param name="log">Where a death and a new start are told.</param>
internal sealed class SupervisedProcess(
    string name,
    Func<CancellationToken, Task<ChildProcess>> start,
    Func<ChildProcess, CancellationToken, Task> stop,
    ServeLog log)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longEnough = TimeSpan.FromSeconds(10);
    private ChildProcess? _child;

    /// <summary>Completes when the child of the first start ends; null before the first start.</summary>
    public Task<int>? Exited => _child?.Exited;

    public async Task StartAsync(CancellationToken cancel) => _child = await start(cancel);

    /// <summary>Watches until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        var delay = s_firstDelay;
        while (!cancel.IsCancellationRequested)
        {
            var child = _child!;
            var code = await child.Exited.WaitAsync(cancel);
            if (cancel.IsCancellationRequested)
                return;
            delay = DateTimeOffset.UtcNow - child.StartedAt > s_longEnough ? s_firstDelay : Longer(delay);
            log.Warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} (process {child.Id}) ended unasked with exit code {code}; " +
                $"starting it again in {delay.TotalSeconds:0.#} s"));
            await Task.Delay(delay, cancel);
            await RestartAsync(cancel);
        }
    }

    public async Task StopAsync(CancellationToken force)
    {
        if (_child is not null)
            await stop(_child, force);
    }

    private async Task RestartAsync(CancellationToken cancel)
    {
        var delay = s_longestDelay;
        while (true)
        {
            try
            {
                _child = await start(cancel);
                return;
            }
            catch (CommandFailedException e)
            {
                log.Warn(string.Create(CultureInfo.InvariantCulture,
                    $"{name} does not start: {e.Message} Trying again in {delay.TotalSeconds:0.#} s"));
                await Task.Delay(delay, cancel);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay;
}
