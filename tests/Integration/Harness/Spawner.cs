using System.Collections.Concurrent;
using System.Diagnostics;

namespace CasStore.Tests.Integration.Harness;

/// <summary>
/// Starts processes that the kernel kills when the test host dies. The parent-death signal is tied to the thread that
/// started the process, so one thread that never ends starts them all.
/// </summary>
internal static class Spawner
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)>
        Queue = [];

    static Spawner()
    {
        new Thread(Run) { IsBackground = true, Name = "spawner" }.Start();
    }

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((start, started));
        return started.Task;
    }

    private static void Run()
    {
        foreach (var (start, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        }
    }
}
