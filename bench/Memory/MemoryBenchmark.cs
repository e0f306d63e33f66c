using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using CasStore.Bench.Output;
using CasStore.Bench.Store;

namespace CasStore.Bench.Memory;

/// <summary>Large objects: what the Api's memory grows to while it takes them.</summary>
internal sealed class MemoryBenchmark(int sizeMb, int parallel, string directory)
{
    private const int Megabyte = 1_000_000, BlockBytes = 1024 * 1024;

    public async Task<MemoryReport> RunAsync(CancellationToken cancel)
    {
        await using var store = await FreshStore.StartAsync(directory, delayMicroseconds: 0, cancel);
        var api = store.ApiProcessId;
        var idle = Read(api);
        var clock = Stopwatch.StartNew();
        var succeeded = await Task.WhenAll(
            Enumerable.Range(0, parallel).Select(number => PutAsync(store, number, cancel)));
        var seconds = clock.Elapsed.TotalSeconds;
        // A new process would start with a peak of its own.
        if (store.ApiProcessId != api)
            throw new BenchmarkException("The Api was restarted while it was measured.");
        return new MemoryReport(store.ApiBuild, sizeMb, parallel, idle, Read(api), seconds,
            (double)sizeMb * parallel / seconds, succeeded.Count(success => !success));
    }

    private async Task<bool> PutAsync(FreshStore store, int number, CancellationToken cancel)
    {
        using var connection = await store.ConnectAsync(cancel);
        var block = new byte[BlockBytes];
        Random.Shared.NextBytes(block);
        var path = string.Create(CultureInfo.InvariantCulture, $"/{FreshStore.Bucket}/large/{number}");
        try
        {
            var response = await connection.PutAsync(path, (long)sizeMb * Megabyte, position =>
            {
                BinaryPrimitives.WriteInt64LittleEndian(block, position);
                return block;
            }, cancel);
            return response.Status == 200;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static MemoryReading Read(int processId)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"));
        return new MemoryReading(Value(lines, "VmRSS:"), Value(lines, "VmHWM:"));
    }

    // "VmHWM:	   28416 kB", of 1,024 bytes
    private static double Value(string[] lines, string name)
    {
        var line = lines.First(line => line.StartsWith(name, StringComparison.Ordinal));
        var kibibytes = long.Parse(
            line.AsSpan(name.Length).TrimEnd(" kB").Trim(), CultureInfo.InvariantCulture);
        return kibibytes * 1024.0 / Megabyte;
    }
}
