using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Tests.Integration.Log;

/// <summary>
/// A PUT that knows its bucket and its key's stream is decided without a look at the database, as long as that cannot
/// be wrong.
/// </summary>
public sealed class EarlyDecisionTests : EventStoreTests
{
    private const string Bucket = "bucket";

    [Fact]
    public async Task Puts_that_know_their_state_are_decided_as_those_that_do_not()
    {
        await CalmBucketAsync();
        for (var n = 0; n < 100; n++)
        {
            var puts = Enumerable.Range(0, 8).Select(i => PutKnownAsync($"k{(n * 3 + i) % 5}", n * 8 + i));
            (await Task.WhenAll(puts)).ShouldAllBe(result => result.Rejection == Rejection.None);
        }

        await LogIsWholeAsync();
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_known_of_a_key_may_be_older_than_its_newest_event()
    {
        await CalmBucketAsync();
        var known = await KnownAsync("key");
        for (var n = 0; n < 3; n++)
            await Store.Log.AppendAsync(Known("key", n, known), default);

        (await ScalarAsync<string>("""
            select string_agg(stream_version::text, ' ' order by position) from events where stream like 'object/%/key'
            """)).ShouldBe("1 2 3");
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_known_may_be_older_than_all_that_is_remembered()
    {
        var bucket = await CalmBucketAsync();
        var known = await KnownAsync("key");
        await Store.Log.AppendAsync(Put(bucket, "key", 1), default);
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(n => PutKnownAsync($"other{n}", n)));
        await Store.Log.AppendAsync(Known("key", 2, known), default);

        await LogIsWholeAsync();
    }

    [Fact]
    public async Task A_bucket_deleted_meanwhile_takes_no_object()
    {
        var bucket = await CalmBucketAsync();
        var known = await KnownAsync("key");
        await EmptyAsync(bucket);
        (await Store.Log.AppendAsync(new DeleteBucket(bucket, Bucket) { Context = NewContext() }, default))
            .Rejection.ShouldBe(Rejection.None);

        (await Store.Log.AppendAsync(Known("key", 1, known), default)).Rejection.ShouldBe(Rejection.BucketNotFound);
    }

    [Fact]
    public async Task A_bucket_versioned_meanwhile_keeps_versions()
    {
        var bucket = await CalmBucketAsync();
        var known = await KnownAsync("key");
        await Store.Log.AppendAsync(
            new SetBucketVersioning(bucket, VersioningStatus.Enabled) { Context = NewContext() }, default);

        var put = await Store.Log.AppendAsync(Known("key", 1, known), default);
        put.Events.OfType<ObjectCreated>().Single().VersionId.ShouldBe(VersionId.Of(put.Position));
    }

    [Fact]
    public async Task Another_process_that_appends_meanwhile_is_noticed()
    {
        await using var other = await OpenAsync();
        var bucket = await CalmBucketAsync();
        for (var n = 0; n < 30; n++)
        {
            // Each time long enough for this process to take itself for alone.
            await CalmAsync(bucket);
            var known = await KnownAsync("key");
            await other.Log.AppendAsync(Put(bucket, "key", n), default);
            (await Store.Log.AppendAsync(Known("key", n, known), default)).Rejection.ShouldBe(Rejection.None);
        }

        await LogIsWholeAsync();
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_processes_that_both_know_write_one_whole_log()
    {
        await using var other = await OpenAsync();
        await CalmBucketAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var store = writer % 2 == 0 ? Store : other;
            for (var n = 0; n < 50; n++)
            {
                var key = $"k{(writer + n) % 4}";
                var target = await store.Objects.FindWriteTargetAsync(Bucket, key, default);
                var put = await store.Log.AppendAsync(Known(key, n, target!.State), default);
                put.Rejection.ShouldBe(Rejection.None);
            }
        }));

        await LogIsWholeAsync();
        (await Store.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task Times_in_the_log_never_go_back_and_are_the_databases()
    {
        await CalmBucketAsync();
        var before = await ScalarAsync<DateTime>("select clock_timestamp()");
        for (var n = 0; n < 20; n++)
            await PutKnownAsync($"k{n}", n);

        (await ScalarAsync<bool>("""
            select bool_and(recorded_at >= before) from
            (select recorded_at, lag(recorded_at) over (order by last_position) before from batches) b
            where before is not null
            """)).ShouldBeTrue();
        var newest = await ScalarAsync<DateTime>("select max(occurred_at) from events");
        newest.ShouldBeInRange(before, await ScalarAsync<DateTime>("select clock_timestamp()"));
    }

    private async Task<long> CalmBucketAsync()
    {
        var bucket = await CreateBucketAsync(Bucket);
        await CalmAsync(bucket);
        return bucket;
    }

    /// <summary>Appends so often alone that the process takes itself for the only one.</summary>
    private async Task CalmAsync(long bucket)
    {
        for (var n = 0; n < 20; n++)
            await Store.Log.AppendAsync(Put(bucket, "calm", n), default);
    }

    private async Task EmptyAsync(long bucket) => await Store.Log.AppendAsync(Delete(bucket, "calm"), default);

    private async Task<EarlyState> KnownAsync(string key) =>
        (await Store.Objects.FindWriteTargetAsync(Bucket, key, default))!.State;

    private async Task<AppendResult> PutKnownAsync(string key, int content) =>
        await Store.Log.AppendAsync(Known(key, content, await KnownAsync(key)), default);

    private static PutObject Known(string key, int content, EarlyState known) =>
        Put(known.Bucket.Id, key, content) with { Known = known };

    private async Task LogIsWholeAsync()
    {
        (await ScalarAsync<bool>("select count(*) = max(position) and min(position) = 1 from events")).ShouldBeTrue();
        (await ScalarAsync<long>("""
            select count(*) from (select stream, count(*) n, max(stream_version) last, min(stream_version) first,
            count(distinct stream_version) d from events group by stream) s where first <> 1 or last <> n or d <> n
            """)).ShouldBe(0);
    }
}
