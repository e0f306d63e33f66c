namespace CasStore.Tests.Integration.Log;

/// <summary>
/// A new store grows under statements that PostgreSQL planned while its tables were empty: what they read must not grow
/// with the tables.
/// </summary>
public sealed class FreshTableTests : EventStoreTests
{
    [Fact]
    public async Task What_statements_read_does_not_grow_with_a_store_that_was_empty_when_they_were_planned()
    {
        const int objects = 1500;
        var bucket = await CreateBucketAsync("bucket");
        for (var i = 0; i < objects; i++)
        {
            await Store.Log.AppendAsync(Put(bucket, $"key-{i}", content: i % 7), default);
            (await Store.Objects.FindAsync(bucket, $"key-{i}", default)).ShouldNotBeNull();
        }
        // A backend tells what it read at the latest when it ends.
        await Store.DisposeAsync();

        (await ScalarAsync<long>("""
            select sum(idx_tup_read)::bigint from pg_stat_user_indexes
            where schemaname = 'casstore' and relname = 'objects'
            """)).ShouldBeLessThan(10 * objects);
    }
}
