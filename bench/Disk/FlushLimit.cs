using System.Diagnostics;
using CasStore.Bench.Output;

namespace CasStore.Bench.Disk;

/// <summary>How many flushes one writer gets from a disk.</summary>
internal static class FlushLimit
{
    private const int BlockSize = 4096, Blocks = 4096;

    /// <summary>Overwrites a file block after block with a flush (fsync) after each.</summary>
    public static FlushReport Measure(string directory, TimeSpan duration, CancellationToken cancel)
    {
        var path = Path.Combine(directory, $"casstore-flush-{Guid.NewGuid():N}");
        using var file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = new byte[BlockSize];
        Random.Shared.NextBytes(block);
        // Written once before: what is measured is the flush of data, not the file's growth.
        for (var i = 0; i < Blocks; i++)
            RandomAccess.Write(file, block, (long)i * BlockSize);
        RandomAccess.FlushToDisk(file);

        var flushes = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            cancel.ThrowIfCancellationRequested();
            RandomAccess.Write(file, block, (long)(flushes % Blocks) * BlockSize);
            RandomAccess.FlushToDisk(file);
            flushes++;
        }
        return new FlushReport(flushes / clock.Elapsed.TotalSeconds, new DriveInfo(directory).DriveFormat);
    }
}
