using System.Collections.Concurrent;
using CasStore.Events.Log;
using Npgsql;

namespace CasStore.Tests.Integration.Log;

public sealed class SubscriptionTests : EventStoreTests
{
    [Fact]
    public async Task A_subscriber_gets_every_event_once_in_order_while_others_append()
    {
        var subscriber = new Recorder();
        using var stop = new CancellationTokenSource();
        var running = Store.Subscribe(subscriber).RunAsync(stop.Token);
        var bucket = await CreateBucketAsync("bucket");
        for (var n = 0; n < 300; n++)
            await Store.Log.AppendAsync(Put(bucket, $"k{n % 7}", n), default);
        await UntilAsync(() => Task.FromResult(subscriber.Positions.Contains(301)));
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        subscriber.Positions.ShouldBe(Enumerable.Range(1, 301).Select(n => (long)n));
    }

    [Fact]
    public async Task What_was_announced_meanwhile_is_taken_in_at_once_not_one_by_one()
    {
        var subscriber = new Recorder();
        using var stop = new CancellationTokenSource();
        var running = Store.Subscribe(subscriber).RunAsync(stop.Token);
        var bucket = await CreateBucketAsync("bucket");
        for (var n = 0; n < 100; n++)
            await Store.Log.AppendAsync(Put(bucket, "key", n), default);
        await UntilAsync(() => Task.FromResult(subscriber.Positions.Contains(101)));

        // It has nothing to do now, nor has anybody else. But for a poll there is no query in 2 seconds.
        const string newestQuery = """
            select max(query_start)::text from pg_stat_activity
            where datname = current_database() and application_name = 'casstore'
            """;
        await Task.Delay(TimeSpan.FromSeconds(1));
        var queries = new HashSet<string>();
        for (var n = 0; n < 40; n++)
        {
            queries.Add(await ScalarAsync<string>(newestQuery));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        queries.Count.ShouldBeLessThanOrEqualTo(2);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var n = 0; n < 600 && !await condition(); n++)
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        (await condition()).ShouldBeTrue();
    }

    private sealed class Recorder : ISubscriber
    {
        public string Name => "recorder";

        public ConcurrentQueue<long> Positions { get; } = [];

        public void Handle(IReadOnlyList<RecordedEvent> events, NpgsqlBatch batch)
        {
            foreach (var recorded in events)
                Positions.Enqueue(recorded.Position);
        }
    }
}
