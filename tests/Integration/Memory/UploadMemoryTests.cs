using System.Globalization;
using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Memory;

/// <summary>The most memory that the natively compiled Api had while large bodies came in (docs/memory.md).</summary>
public sealed class UploadMemoryTests(ITestOutputHelper output)
{
    private const int Megabyte = 1_000_000;

    [NativeFact]
    public async Task An_upload_of_250_MB_takes_less_than_40_MB() =>
        (await PeakAsync(uploads: 1)).ShouldBeLessThan(40 * Megabyte);

    [NativeFact]
    public async Task Eight_uploads_of_250_MB_at_once_take_less_than_64_MB() =>
        (await PeakAsync(uploads: 8)).ShouldBeLessThan(64 * Megabyte);

    private async Task<long> PeakAsync(int uploads)
    {
        using var server = await ServerProcess.StartNewAsync(
            await SharedCluster.GetAsync(), api: [NativeApi.Path!]);
        var raw = new RawS3(server.Endpoint);
        (await raw.PutAsync("/bucket")).ShouldBe(200);
        await Task.WhenAll(Enumerable.Range(0, uploads).Select(number => UploadAsync(raw, number)));
        var peak = Peak(server.ProcessId);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{uploads} × 250 MB: {peak:N0} bytes"));
        return peak;
    }

    private static async Task UploadAsync(RawS3 raw, int number)
    {
        const int Blocks = 250;
        using var upload = await raw.BeginAsync(
            new RawRequest("PUT", $"/bucket/{number}") { PayloadHash = SignatureV4.UnsignedPayload },
            contentLength: (long)Blocks * Megabyte);
        var block = TestData.Bytes(Megabyte, number);
        for (var i = 0; i < Blocks; i++)
        {
            BitConverter.TryWriteBytes(block, i);
            await upload.WriteAsync(block);
        }
        (await upload.ReadResponseAsync()).ShouldNotBeNull().ShouldBe(200);
    }

    // "VmHWM:	   28416 kB", of 1,024 bytes
    private static long Peak(int processId)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
            .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan("VmHWM:".Length).TrimEnd(" kB").Trim(), CultureInfo.InvariantCulture);
    }
}
