using System.Diagnostics;
using System.Globalization;
using System.Text;
using CasStore.Bench.Store;

namespace CasStore.Bench.Startup;

/// <summary>Another Api process on a running store: the same program and settings, but for its port.</summary>
internal static class SecondApi
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1), s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Starts one, waits for its first good answer, and ends it.</summary>
    public static async Task<TimeSpan> MeasureAsync(FreshStore store, CancellationToken cancel)
    {
        var command = ReadStrings(store.ApiProcessId, "cmdline");
        var listen = $"http://127.0.0.1:{FreshStore.FreePort()}";
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false };
        start.Environment.Clear();
        foreach (var variable in ReadStrings(store.ApiProcessId, "environ"))
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            start.Environment[variable[..equals]] = variable[(equals + 1)..];
        }
        start.Environment["CASSTORE_LISTEN"] = listen;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            while (!await FreshStore.IsReadyAsync(new Uri(listen + "/-/health/ready"), cancel))
            {
                if (process.HasExited || clock.Elapsed > s_limit)
                    throw new BenchmarkException("The Api did not become ready.");
                await Task.Delay(s_poll, cancel);
            }
            return clock.Elapsed;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string[] ReadStrings(int processId, string file) => Encoding.UTF8
        .GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}")))
        .Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
