using System.Diagnostics;
using System.Globalization;
using System.Text;
using CasStore.Bench.Store;

namespace CasStore.Bench.Startup;

/// <summary>
/// Another Api process on a running store's database: the same program and settings, but for its port and its data
/// directory, which is empty, as one that is in use is refused.
/// </summary>
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
        start.Environment["CASSTORE_DATA"] = MakeDirectory(store);
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

    // With the store's key; it goes with the store.
    private static string MakeDirectory(FreshStore store)
    {
        var path = Path.Combine(store.Data, "bench", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.Combine(path, "keys"));
        File.Copy(Path.Combine(store.Data, "keys", "store.key"), Path.Combine(path, "keys", "store.key"));
        return path;
    }

    private static string[] ReadStrings(int processId, string file) => Encoding.UTF8
        .GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}")))
        .Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
