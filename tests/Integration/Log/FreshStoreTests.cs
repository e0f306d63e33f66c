using System.Globalization;
using CasStore.Events.Access;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections.Activity;
using Npgsql;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Log;

/// <summary>
/// Statements that PostgreSQL planned while the store was empty, and goes on with as it grows: each reads of every
/// table what its answer takes. A plan that walks through a table or an index reads half of it on average.
/// </summary>
public sealed class FreshStoreTests(ITestOutputHelper output) : EventStoreTests
{
    private const int Rounds = 600, MostRowsInRound = 60;

    [Fact]
    public async Task Uploads() => await ShouldReadLittleAsync(async (bucket, i) =>
    {
        var (kept, dropped) = (Name("kept", i), Name("dropped", i));
        await AppendAsync(Start(bucket, kept));
        await AppendAsync(Start(bucket, dropped));
        foreach (var content in new[] { i, i + 1 })
            await AppendAsync(new UploadPart(kept, 1, Part(content)) { Context = NewContext() });
        await AppendAsync(new UploadPart(dropped, 1, Part(i)) { Context = NewContext() });
        (await Store.Uploads.FindAsync(kept, default)).ShouldNotBeNull();
        (await Store.Uploads.ListPartsAsync(kept, 0, 5, default)).Count.ShouldBe(1);
        foreach (var delimiter in new[] { null, "/" })
        {
            var page = await Store.Uploads.ListAsync(new(bucket, "", delimiter, null, null, 3), default);
            page.Uploads.Count.ShouldBe(Math.Min(3, i / 2 + 2));
            await Store.Uploads.ListAsync(new(bucket, "kept", delimiter, kept, kept, 3), default);
        }
        await AppendAsync(new AbortUpload(dropped) { Context = NewContext() });
        if (i % 2 == 0)
            await AppendAsync(new CompleteUpload(kept, Object(bucket, kept, i)) { Context = NewContext() });
    });

    [Fact]
    public async Task Listings_of_uploads_and_their_end_with_the_bucket() =>
        await ShouldReadLittleAsync(async (bucket, i) =>
        {
            await AppendAsync(Start(bucket, Name("kept", i)));
            foreach (var delimiter in new[] { null, "/" })
            {
                var page = await Store.Uploads.ListAsync(new(bucket, "", delimiter, null, null, 3), default);
                page.Uploads.Count.ShouldBe(Math.Min(3, i + 1));
                var within = Name("kept", i / 2);
                await Store.Uploads.ListAsync(new(bucket, "kept", delimiter, within, within, 3), default);
            }
            var brief = await CreateBucketAsync(Name("brief", i));
            await AppendAsync(Start(brief, Name("dropped", i)));
            await AppendAsync(new DeleteBucket(brief, Name("brief", i)) { Context = NewContext() });
            (await Store.Uploads.FindAsync(Name("dropped", i), default))!.IsOpen.ShouldBeFalse();
        });

    [Fact]
    public async Task Objects_and_their_listings() => await ShouldReadLittleAsync(async (bucket, i) =>
    {
        await AppendAsync(Put(bucket, Name("a", i), i));
        await AppendAsync(Put(bucket, Name("a", i), i + 1));
        await AppendAsync(Put(bucket, "overwritten", i));
        await AppendAsync(Put(bucket, Name("gone", i), i));
        await AppendAsync(Delete(bucket, Name("gone", i)));
        (await Store.Objects.FindAsync(bucket, Name("a", i), default)).ShouldNotBeNull();
        var byName = Store.Objects.FindWithNextAsync("bucket", Name("a", i), default);
        (await Store.Objects.FindWriteTargetAsync("bucket", Name("a", i), default))!.State.StreamVersion.ShouldBe(2);
        (await byName).ShouldNotBeNull();
        foreach (var delimiter in new[] { null, "/" })
        {
            var page = await Store.Objects.ListAsync(new(bucket, "", delimiter, Name("a", i / 2), 3), default);
            (page.Objects.Count + page.CommonPrefixes.Count).ShouldBe(Math.Min(3, i - i / 2 + 1));
            await Store.Objects.ListAsync(new(bucket, "a", delimiter, null, 3) { WithOwner = true }, default);
        }
    });

    [Fact]
    public async Task Listings_of_versions()
    {
        var versioned = await CreateBucketAsync("versioned");
        await AppendAsync(new SetBucketVersioning(versioned, VersioningStatus.Enabled) { Context = NewContext() });
        await ShouldReadLittleAsync(async (_, i) =>
        {
            for (var version = 0; version < 3; version++)
                await AppendAsync(Put(versioned, Name("a", i), i));
            await AppendAsync(Delete(versioned, Name("gone", i)));
            await AppendAsync(Put(versioned, "overwritten", i));
            foreach (var delimiter in new[] { null, "/" })
            {
                var page = await Store.Objects.ListVersionsAsync(
                    new(versioned, "", delimiter, Name("a", i / 2), null, 3), default);
                page.Versions.Count.ShouldBe(Math.Min(3, 3 * (i - i / 2) + i + 2));
                await Store.Objects.ListVersionsAsync(
                    new(versioned, "o", delimiter, "overwritten", VersionId.Of(long.MaxValue), 3), default);
                await Store.Objects.ListVersionsAsync(
                    new(versioned, "", delimiter, "overwritten", VersionId.Null, 3), default);
            }
        });
    }

    [Fact]
    public async Task Users_and_access_keys() => await ShouldReadLittleAsync(async (_, i) =>
    {
        var (user, key) = (Name("user", i), Name("key", i));
        await AppendAsync(new AddUser(user, user, user, null) { Context = NewContext() });
        await AppendAsync(new CreateAccessKey(user, key, [1]) { Context = NewContext() });
        await AppendAsync(new SetAccessKeyActive(key, Active: false) { Context = NewContext() });
        (await Store.Access.FindKeyAsync(key, default))!.User.Name.ShouldBe(user);
        (await Store.Access.FindUserAsync(user, default)).ShouldNotBeNull();
        (await Store.Access.FindUserByNameAsync(user, default)).ShouldNotBeNull();
        (await Store.Access.ListKeysAsync(user, default)).Count.ShouldBe(1);
        if (i % 3 == 0)
            await AppendAsync(new RemoveUser(user) { Context = NewContext() });
        else if (i % 3 == 1)
            await AppendAsync(new DeleteAccessKey(key) { Context = NewContext() });
    });

    [Fact]
    public async Task Buckets_and_their_configurations() => await ShouldReadLittleAsync(async (_, i) =>
    {
        var (name, owner) = (Name("b", i), Name("owner", i));
        var id = await CreateBucketAsync(name, owner);
        await AppendAsync(new ConfigureBucket(id, "policy", "{}") { Context = NewContext() });
        await AppendAsync(new SetBucketVersioning(id, VersioningStatus.Enabled) { Context = NewContext() });
        await AppendAsync(new SetBucketObjectLock(id, null) { Context = NewContext() });
        var bucket = await Store.Buckets.FindAsync(name, default);
        (await Store.Buckets.ConfigurationsAsync(bucket!, default))["policy"].ShouldBe("{}");
        (await Store.Buckets.ListAsync(owner, default)).Count.ShouldBe(1);
        await AppendAsync(Put(id, "key", i));
        if (i % 2 == 0)
        {
            var empty = await CreateBucketAsync(name + "-empty", owner);
            await AppendAsync(new ConfigureBucket(empty, "policy", null) { Context = NewContext() });
            await AppendAsync(new DeleteBucket(empty, name + "-empty") { Context = NewContext() });
        }
    });

    [Fact]
    public async Task Subscriptions()
    {
        var subscription = Store.Subscribe(new ActivitySubscriber());
        await ShouldReadLittleAsync(async (bucket, i) =>
        {
            await AppendAsync(Put(bucket, Name("a", i), i));
            await subscription.CatchUpAsync(default);
            (await Store.Events.ReadAsync(await Store.Events.HeadAsync(default) - 1, 5, default)).Count.ShouldBe(1);
        });
    }

    private async Task ShouldReadLittleAsync(Func<long, int, Task> round)
    {
        await LeaveUnanalysedAsync();
        var bucket = await CreateBucketAsync("bucket");
        for (var i = 0; i < Rounds; i++)
            await round(bucket, i);
        // A backend tells what it read at the latest when it ends.
        await Store.DisposeAsync();
        NpgsqlConnection.ClearAllPools();

        foreach (var (table, rows) in await RowsReadAsync())
        {
            var inRound = (double)rows / Rounds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {inRound:N1} rows in a round"));
            inRound.ShouldBeLessThan(MostRowsInRound, table);
        }
    }

    /// <summary>Statistics that autovacuum takes on a slow run, of a few rows, would make other plans.</summary>
    private async Task LeaveUnanalysedAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            do $$
            declare "table" regclass;
            begin
                for "table" in select oid from pg_class
                    where relnamespace = 'casstore'::regnamespace and relkind = 'r' loop
                    execute format('alter table %s set (autovacuum_enabled = off)', "table");
                end loop;
            end $$
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<(string Table, long Rows)>> RowsReadAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select relname, coalesce(seq_tup_read, 0) + coalesce((
                select sum(idx_tup_read) from pg_stat_user_indexes as indexes
                where indexes.relid = tables.relid), 0)::bigint
            from pg_stat_user_tables as tables where schemaname = 'casstore' order by relname
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<(string, long)>();
        while (await reader.ReadAsync())
            tables.Add((reader.GetString(0), reader.GetInt64(1)));
        return tables;
    }

    private async Task AppendAsync(Command command) =>
        (await Store.Log.AppendAsync(command, default)).Rejection.ShouldBe(Rejection.None);

    private static StartUpload Start(long bucket, string key) => new(new UploadStarted
    {
        UploadId = key,
        BucketId = bucket,
        Key = key,
        Initiator = "alice",
        Metadata = new ObjectMetadata(),
    })
    { Context = NewContext() };

    private static PartContent Part(int content) =>
        new() { Size = content, ETag = "e", Extents = Content(content).Extents };

    private static string Name(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:d5}");
}
