using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using CasStore.Bench.Http;
using CasStore.Bench.Output;
using CasStore.Bench.Store;

namespace CasStore.Bench.Small;

/// <summary>Connections that each send one request after another until the time is over.</summary>
internal sealed class SmallLoad : IAsyncDisposable
{
    public const int ObjectBytes = 4096;
    private readonly Sender[] _senders;

    private SmallLoad(Sender[] senders) => _senders = senders;

    public static async Task<SmallLoad> OpenAsync(
        FreshStore store, string prefix, int connections, CancellationToken cancel)
    {
        var senders = new Sender[connections];
        for (var i = 0; i < connections; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/{FreshStore.Bucket}/{prefix}/{i}/");
            senders[i] = new Sender(await store.ConnectAsync(cancel), path);
        }
        return new SmallLoad(senders);
    }

    public Task<LoadReport> PutAsync(TimeSpan duration, CancellationToken cancel) =>
        RunAsync((sender, end) => sender.PutUntilAsync(end, cancel), duration);

    /// <summary>Reads what was put, in random order.</summary>
    public Task<LoadReport> GetAsync(TimeSpan duration, CancellationToken cancel) =>
        RunAsync((sender, end) => sender.GetUntilAsync(end, cancel), duration);

    public ValueTask DisposeAsync()
    {
        foreach (var sender in _senders)
            sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<LoadReport> RunAsync(Func<Sender, long, Task<Sender.Outcome>> run, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var outcomes = await Task.WhenAll(_senders.Select(sender => Task.Run(() => run(sender, end))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        var latencies = outcomes.SelectMany(outcome => outcome.Latencies).Order().ToList();
        return new LoadReport(
            latencies.Count / elapsed.TotalSeconds, Milliseconds(latencies, 0.50), Milliseconds(latencies, 0.99),
            latencies.Count, outcomes.Sum(outcome => outcome.Errors));
    }

    private static double Milliseconds(List<long> sorted, double quantile) => sorted.Count == 0
        ? 0
        : sorted[(int)Math.Ceiling(quantile * sorted.Count) - 1] * 1000.0 / Stopwatch.Frequency;

    /// <summary>One connection, its keys and its content.</summary>
    private sealed class Sender(S3Connection connection, string path) : IDisposable
    {
        private readonly byte[] _content = RandomContent();
        private readonly List<long> _stored = [];
        private long _next;

        /// <summary>Times of the requests that succeeded, and how many did not.</summary>
        public sealed record Outcome(List<long> Latencies, long Errors);

        public void Dispose() => connection.Dispose();

        public Task<Outcome> PutUntilAsync(long end, CancellationToken cancel) => RunAsync(end, async () =>
        {
            var number = _next++;
            BinaryPrimitives.WriteInt64LittleEndian(_content, number);
            var response = await connection.SendAsync("PUT", PathOf(number), _content, cancel);
            if (response.Status != 200)
                return false;
            _stored.Add(number);
            return true;
        });

        public Task<Outcome> GetUntilAsync(long end, CancellationToken cancel) => _stored.Count == 0
            ? Task.FromResult(new Outcome([], 1))
            : RunAsync(end, async () =>
            {
                var number = _stored[Random.Shared.Next(_stored.Count)];
                var response = await connection.SendAsync("GET", PathOf(number), default, cancel);
                BinaryPrimitives.WriteInt64LittleEndian(_content, number);
                return response.Status == 200 && response.Body.Span.SequenceEqual(_content);
            });

        private static async Task<Outcome> RunAsync(long end, Func<Task<bool>> request)
        {
            var outcome = new Outcome([], 0);
            while (true)
            {
                var start = Stopwatch.GetTimestamp();
                if (start >= end)
                    return outcome;
                try
                {
                    if (await request())
                        outcome.Latencies.Add(Stopwatch.GetTimestamp() - start);
                    else
                        outcome = outcome with { Errors = outcome.Errors + 1 };
                }
                catch (Exception e) when (e is IOException or SocketException)
                {
                    // The connection is of no more use; the others go on.
                    return outcome with { Errors = outcome.Errors + 1 };
                }
            }
        }

        private string PathOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{path}{number}");

        // No two connections' contents are equal, and the number of the object makes each one's differ.
        private static byte[] RandomContent()
        {
            var content = new byte[ObjectBytes];
            Random.Shared.NextBytes(content);
            return content;
        }
    }
}
