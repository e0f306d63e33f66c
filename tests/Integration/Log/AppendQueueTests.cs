using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Tests.Integration.Log;

public sealed class AppendQueueTests : EventStoreTests
{
    [Fact]
    public async Task Concurrent_commands_share_transactions()
    {
        var bucket = await CreateBucketAsync("bucket");
        var puts = Enumerable.Range(0, 500)
            .Select(n => Store.Log.AppendAsync(Put(bucket, $"k{n}", n), default).AsTask());
        await Task.WhenAll(puts);

        (await ScalarAsync<long>("select count(*) from events")).ShouldBe(501);
        (await ScalarAsync<long>("select count(*) from batches")).ShouldBeLessThan(250);
    }

    [Fact]
    public async Task The_log_is_gapless_from_1_whoever_appends()
    {
        await using var other = await OpenAsync();
        var bucket = await CreateBucketAsync("bucket");
        var puts = Enumerable.Range(0, 300).Select(n =>
            (n % 2 == 0 ? Store : other).Log.AppendAsync(Put(bucket, $"k{n % 20}", n), default).AsTask());
        await Task.WhenAll(puts);

        (await ScalarAsync<bool>("select count(*) = max(position) and min(position) = 1 from events")).ShouldBeTrue();
        (await ScalarAsync<long>("""
            select count(*) from (select stream, count(*) n, max(stream_version) last, min(stream_version) first,
            count(distinct stream_version) d from events group by stream) s where first <> 1 or last <> n or d <> n
            """)).ShouldBe(0);
        (await ScalarAsync<bool>("""
            select bool_and(first_position = coalesce(before, 0) + 1) from
            (select first_position, lag(last_position) over (order by last_position) before from batches) b
            """)).ShouldBeTrue();
    }

    [Fact]
    public async Task Exactly_one_of_many_conditional_creations_wins()
    {
        var bucket = await CreateBucketAsync("bucket");
        var results = await Task.WhenAll(Enumerable.Range(1, 64).Select(n =>
            Store.Log.AppendAsync(Put(bucket, "key", n, new Preconditions(IfNoneMatch: "*")), default).AsTask()));

        results.Count(result => result.Rejection == Rejection.None).ShouldBe(1);
        results.Count(result => result.Rejection == Rejection.PreconditionFailed).ShouldBe(63);
    }

    [Fact]
    public async Task A_chain_of_If_Match_in_one_batch_sees_each_write_before_it()
    {
        var bucket = await CreateBucketAsync("bucket");
        await Store.Log.AppendAsync(Put(bucket, "key", 1), default);
        var results = await Task.WhenAll(Enumerable.Range(2, 10).Select(n => Store.Log.AppendAsync(
            Put(bucket, "key", n, new Preconditions(IfMatch: Content(n - 1).ETag)), default).AsTask()));

        results.ShouldAllBe(result => result.Rejection == Rejection.None);
        (await Store.Objects.FindAsync(bucket, "key", default))!.Content.Size.ShouldBe(11);
    }

    [Theory]
    [InlineData("alice", Rejection.BucketAlreadyOwnedByYou)]
    [InlineData("bob", Rejection.BucketAlreadyExists)]
    public async Task A_bucket_name_is_taken_once(string owner, Rejection expected)
    {
        await CreateBucketAsync("bucket", "alice");
        var again = await Store.Log.AppendAsync(
            new CreateBucket("bucket", owner, "eu-1") { Context = NewContext() }, default);
        again.Rejection.ShouldBe(expected);
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bucket_with_objects_is_not_deleted_and_a_deleted_one_takes_no_objects()
    {
        var bucket = await CreateBucketAsync("bucket");
        await Store.Log.AppendAsync(Put(bucket, "key", 1), default);
        var delete = new DeleteBucket(bucket, "bucket") { Context = NewContext() };
        (await Store.Log.AppendAsync(delete, default)).Rejection.ShouldBe(Rejection.BucketNotEmpty);

        await Store.Log.AppendAsync(Delete(bucket, "key"), default);
        (await Store.Log.AppendAsync(delete, default)).Rejection.ShouldBe(Rejection.None);
        (await Store.Log.AppendAsync(Put(bucket, "key", 1), default)).Rejection.ShouldBe(Rejection.BucketNotFound);
        (await Store.Buckets.FindAsync("bucket", default)).ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_what_does_not_exist_appends_nothing()
    {
        var bucket = await CreateBucketAsync("bucket");
        var result = await Store.Log.AppendAsync(Delete(bucket, "a", "b"), default);
        result.Rejection.ShouldBe(Rejection.None);
        result.Events.ShouldBeEmpty();
        (await Store.Events.HeadAsync(default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_the_database_refuses_fails_alone()
    {
        var bucket = await CreateBucketAsync("bucket");
        var tasks = Enumerable.Range(0, 60).Select(n =>
            Store.Log.AppendAsync(Put(bucket, n == 30 ? "nul\0key" : $"k{n}", n), default).AsTask()).ToList();
        await Should.ThrowAsync<Npgsql.PostgresException>(tasks[30]);
        tasks.RemoveAt(30);
        (await Task.WhenAll(tasks)).ShouldAllBe(result => result.Rejection == Rejection.None);
        (await ScalarAsync<long>("select count(*) from objects")).ShouldBe(59);
    }

    [Fact]
    public async Task Lost_connections_lose_and_repeat_nothing()
    {
        var bucket = await CreateBucketAsync("bucket");
        using var done = new CancellationTokenSource();
        var cluster = await Harness.SharedCluster.GetAsync();
        var killer = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await cluster.TerminateBackendsAsync(ConnectionString);
                await Task.Delay(5);
            }
        });
        var acknowledged = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            for (var n = 0; n < 60; n++)
            {
                var result = await Store.Log.AppendAsync(Put(bucket, $"{client}/{n}", 1), default);
                result.Rejection.ShouldBe(Rejection.None);
                Interlocked.Increment(ref acknowledged);
            }
        }));
        await done.CancelAsync();
        await killer;

        acknowledged.ShouldBe(480);
        (await ScalarAsync<long>("select count(*) from events where event_type = 'ObjectCreated'")).ShouldBe(480);
        (await ScalarAsync<long>("select count(distinct command_id) from events")).ShouldBe(481);
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_processes_may_migrate_at_once()
    {
        var fresh = await (await Harness.SharedCluster.GetAsync()).CreateDatabaseAsync();
        var settings = new CasStore.Events.Configuration.StoreSettings("/nonexistent", fresh);
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            CasStore.Projections.EventStore.OpenAsync(settings, default)));
        foreach (var store in stores)
            await store.DisposeAsync();
    }
}
