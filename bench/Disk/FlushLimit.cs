using System.Diagnostics;
using System.Text.Json;
using CasStore.Bench.Output;
using CasStore.Bench.Processes;

namespace CasStore.Bench.Disk;

/// <summary>How many flushes one writer gets from a disk.</summary>
internal static class FlushLimit
{
    private const int BlockSize = 4096, Blocks = 4096;

    /// <summary>Measures in a process of its own, so that a delay of flushes applies to it as to a store.</summary>
    public static async Task<FlushReport> MeasureApartAsync(
        string directory, FlushDelay? delay, CancellationToken cancel)
    {
        string[] command =
        [
            Environment.ProcessPath!, typeof(FlushLimit).Assembly.Location,
            "flush", "--json", "--directory", directory,
        ];
        var json = await ShortProcess.RunAsync(command, delay?.Environment ?? [], cancel);
        return JsonSerializer.Deserialize(json, ReportJson.Default.FlushReport)!;
    }

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
