using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CasStore.Bench.Limits;

/// <summary>How often one writer's bytes are made durable: the floor under a PUT and under a commit.</summary>
internal static partial class DiskLimits
{
    private const int Block = 4096, Page = 8192, Pages = 2048;

    public static IEnumerable<Limit> Measure(string directory, TimeSpan duration, CancellationToken cancel)
    {
        yield return new Limit("Disk", "fdatasync after an append of 4 KiB",
            InFile(directory, file => Repeat(file, Block, long.MaxValue, duration, cancel)), "per s");
        yield return new Limit("Disk", "fdatasync after an overwrite of 8 KiB", InFile(directory, file =>
        {
            // Written once before: what is measured is the flush of data, not the file's growth.
            for (var i = 0; i < Pages; i++)
                RandomAccess.Write(file, new byte[Page], (long)i * Page);
            RandomAccess.FlushToDisk(file);
            return Repeat(file, Page, Pages, duration, cancel);
        }), "per s");
    }

    private static double InFile(string directory, Func<SafeFileHandle, double> measure)
    {
        var path = Path.Combine(directory, $"casstore-limit-{Guid.NewGuid():N}");
        using var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        return measure(file);
    }

    private static double Repeat(
        SafeFileHandle file, int size, long places, TimeSpan duration, CancellationToken cancel)
    {
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        var flushes = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            cancel.ThrowIfCancellationRequested();
            RandomAccess.Write(file, bytes, flushes % places * size);
            if (FlushData(file) != 0)
                throw new IOException($"fdatasync failed (error {Marshal.GetLastPInvokeError()}).");
            flushes++;
        }
        return flushes / clock.Elapsed.TotalSeconds;
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushData(SafeFileHandle file);
}
