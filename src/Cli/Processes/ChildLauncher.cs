using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace CasStore.Cli.Processes;

/// <summary>
/// Starts processes, all from one thread: the kernel ties a death signal to the thread that forked, so that thread
/// must live as long as we do.
/// </summary>
internal static class ChildLauncher
{
    private static readonly BlockingCollection<Action> s_launches = StartThread();

    /// <summary>
    /// Starts a program in a session of its own: a terminal's Ctrl-C then reaches only us, and we choose the order in
    /// which things stop. Its output and errors are ours.
    /// </summary>
    /// <exception cref="CommandFailedException">setsid is not installed.</exception>
    public static async Task<ChildProcess> StartAsync(ChildProgram program)
    {
        var start = new ProcessStartInfo("setsid", program.Command);
        foreach (var (name, value) in program.Environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return new ChildProcess(await ForkAsync(start));
    }

    /// <exception cref="CommandFailedException">There is no such program.</exception>
    public static Task<Process> ForkAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_launches.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Win32Exception e)
            {
                started.SetException(new CommandFailedException(
                    $"Cannot run {start.FileName}: {e.Message}. Is it installed?", e));
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> StartThread()
    {
        var launches = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var launch in launches.GetConsumingEnumerable())
                launch();
        })
        { IsBackground = true, Name = "child launcher" };
        thread.Start();
        return launches;
    }
}
