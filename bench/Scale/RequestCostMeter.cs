using System.Diagnostics;
using CasStore.Bench.Store;

namespace CasStore.Bench.Scale;

/// <summary>
/// Sends a PUT, a GET, a HEAD and a LIST in turn, so that whatever else slows the machine slows them alike, and takes
/// the median of each.
/// </summary>
internal sealed class RequestCostMeter(FreshStore store, int rounds)
{
    private const int WarmUpRounds = 10, PutBytes = 1024;

    public int Errors { get; private set; }

    public async Task<RequestCosts> MeasureAsync(
        Func<int, string> put, Func<int, string> get, Func<int, string> list, CancellationToken cancel)
    {
        // A new one each time: the server closes those that were idle while the store was filled.
        using var connection = await store.ConnectAsync(cancel);
        List<double> puts = [], gets = [], heads = [], lists = [];
        var content = new byte[PutBytes];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            Random.Shared.NextBytes(content);
            await SendAsync(puts, "PUT", put(round), content);
            await SendAsync(gets, "GET", get(round), default);
            await SendAsync(heads, "HEAD", get(round), default);
            await SendAsync(lists, "GET", list(round), default);
        }
        return new RequestCosts(Median(puts), Median(gets), Median(heads), Median(lists));

        async Task SendAsync(List<double> times, string method, string path, ReadOnlyMemory<byte> body)
        {
            var start = Stopwatch.GetTimestamp();
            var response = await connection.SendAsync(method, path, body, cancel);
            if (response.Status != 200)
                Errors++;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    // Those of the warm-up come first.
    private static double Median(List<double> times) => times[WarmUpRounds..].Order().ElementAt(
        (times.Count - WarmUpRounds) / 2);
}
