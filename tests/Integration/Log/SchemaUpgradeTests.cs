using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Schema;
using CasStore.Events.Uploads;
using CasStore.Projections;
using CasStore.Tests.Integration.Harness;
using Npgsql;

namespace CasStore.Tests.Integration.Log;

/// <summary>Databases of earlier versions of the store are brought forward with what they hold.</summary>
public sealed class SchemaUpgradeTests : EventStoreTests
{
    /// <summary>The views' steps before versions of objects; what has shipped does not change.</summary>
    private static readonly string[] StepsBeforeVersions =
        ["buckets", "objects", "usage", "uploads", "blobs", "access", "activity", "bucket_settings"];

    [Fact]
    public async Task Objects_from_before_versions_become_null_versions()
    {
        var bucket = await CreateBucketAsync("bucket");
        await FillAsync(bucket);
        var old = await CopyToOldSchemaAsync();

        await using var upgraded = await EventStore.OpenAsync(new("/nonexistent", old), default);
        (await upgraded.VerifyAsync(default)).Differences.ShouldBeEmpty();
        (await upgraded.Objects.FindVersionAsync(bucket, "overwritten", VersionId.Null, default))
            .ShouldNotBeNull().Content.Size.ShouldBe(3);
        var versions = await upgraded.Objects.ListVersionsAsync(new(bucket, "", null, null, null, 1000), default);
        versions.Versions.Select(v => $"{v.Object.Key}@{v.VersionId}{(v.IsLatest ? "*" : "")}")
            .ShouldBe(["empty@null*", "overwritten@null*", "parts@null*", "put-again@null*", "same@null*"]);

        // What was there before lives on among versions.
        foreach (var command in new Command[]
        {
            new SetBucketVersioning(bucket, VersioningStatus.Enabled) { Context = NewContext() },
            Put(bucket, "overwritten", 4), Delete(bucket, "same"), Delete(bucket, "deleted"),
            new DeleteObjects(bucket, [new("overwritten", VersionId.Null)]) { Context = NewContext() },
            new TagObject(bucket, "same", VersionId.Null, [new("a", "b")]) { Context = NewContext() },
            new SetBucketVersioning(bucket, VersioningStatus.Suspended) { Context = NewContext() },
            Put(bucket, "same", 5), Put(bucket, "empty", 1),
        })
        {
            (await upgraded.Log.AppendAsync(command, default)).Rejection.ShouldBe(Rejection.None);
        }
        (await upgraded.VerifyAsync(default)).Differences.ShouldBeEmpty();
    }

    /// <summary>A history as a store without versions writes it: keys in several states, uploads too.</summary>
    private async Task FillAsync(long bucket)
    {
        await CreateBucketAsync("other");
        foreach (var command in new Command[]
        {
            Put(bucket, "overwritten", 1), Put(bucket, "overwritten", 2), Put(bucket, "overwritten", 3),
            Put(bucket, "deleted", 1), Delete(bucket, "deleted"), Put(bucket, "put-again", 1),
            Delete(bucket, "put-again"), Put(bucket, "put-again", 2), Put(bucket, "empty", 0), Put(bucket, "same", 2),
            Put(bucket, "same", 2),
            Start("done", bucket), Part("done"), Start("open", bucket), Part("open"), Start("aborted", bucket),
            Part("aborted"), new AbortUpload("aborted") { Context = NewContext() },
            new CompleteUpload("done", Object(bucket, "parts", 7)) { Context = NewContext() },
        })
        {
            (await Store.Log.AppendAsync(command, default)).Rejection.ShouldBe(Rejection.None);
        }
    }

    /// <summary>
    /// A database of the old schema, with what this one holds in the columns that there were. Without versions the
    /// tables were written the same way.
    /// </summary>
    private async Task<string> CopyToOldSchemaAsync()
    {
        var old = await (await SharedCluster.GetAsync()).CreateDatabaseAsync();
        var steps = StepsBeforeVersions.Select((name, index) =>
            Migration.FromResource(index + 2, name, typeof(EventStore).Assembly));
        await using (var database = NpgsqlDataSource.Create($"{old};Search Path=casstore"))
            await Migrator.MigrateAsync(database, [.. Migration.Log, .. steps], default);
        await using var from = await ConnectAsync(ConnectionString);
        await using var to = await ConnectAsync(old);
        foreach (var (table, columns) in await TablesAsync(to))
        {
            await using var read = await from.BeginRawBinaryCopyAsync(
                $"copy (select {columns} from {table}) to stdout (format binary)");
            await using var write = await to.BeginRawBinaryCopyAsync(
                $"copy {table} ({columns}) from stdin (format binary)");
            await read.CopyToAsync(write);
        }
        return old;
    }

    private static async Task<List<(string Table, string Columns)>> TablesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("""
            select table_name::text, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
            from information_schema.columns join information_schema.tables using (table_schema, table_name)
            where table_schema = 'casstore' and table_type = 'BASE TABLE'
                and table_name not in ('schema_migrations') and table_name not like 'events\_%'
            group by table_name order by table_name
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync())
            tables.Add((reader.GetString(0), reader.GetString(1)));
        return tables;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(string connectionString)
    {
        var connection = new NpgsqlConnection($"{connectionString};Search Path=casstore");
        await connection.OpenAsync();
        return connection;
    }

    private static StartUpload Start(string id, long bucket) => new(new UploadStarted
    {
        UploadId = id,
        BucketId = bucket,
        Key = "parts",
        Initiator = "alice",
        Metadata = new ObjectMetadata(),
    })
    { Context = NewContext() };

    private static UploadPart Part(string id) => new(id, 1, new PartContent
    {
        Size = 7,
        ETag = Content(7).ETag,
        Extents = Content(7).Extents,
    })
    { Context = NewContext() };
}
