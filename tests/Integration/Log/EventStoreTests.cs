using CasStore.BlobCas;
using CasStore.Events.Buckets;
using CasStore.Events.Configuration;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections;
using CasStore.Tests.Integration.Harness;
using Npgsql;

namespace CasStore.Tests.Integration.Log;

/// <summary>A store's log and read models on a database of its own, used directly, without HTTP.</summary>
public abstract class EventStoreTests : IAsyncLifetime
{
    private protected EventStore Store { get; private set; } = null!;

    private protected string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        ConnectionString = await (await SharedCluster.GetAsync()).CreateDatabaseAsync();
        Store = await OpenAsync();
    }

    public async Task DisposeAsync() => await Store.DisposeAsync();

    private protected Task<EventStore> OpenAsync() =>
        EventStore.OpenAsync(new StoreSettings("/nonexistent", ConnectionString), default);

    private protected static CommandContext NewContext() => new(Guid.CreateVersion7(), "tester", "127.0.0.1");

    private protected async Task<long> CreateBucketAsync(string name, string owner = "alice")
    {
        var made = await Store.Log.AppendAsync(
            new CreateBucket(name, owner, "eu-1") { Context = NewContext() }, default);
        made.Rejection.ShouldBe(Rejection.None);
        return made.Events.OfType<BucketCreated>().Single().BucketId;
    }

    private protected static PutObject Put(long bucket, string key, int content, Preconditions? preconditions = null) =>
        new(Object(bucket, key, content)) { Context = NewContext(), Preconditions = preconditions };

    private protected static ObjectCreated Object(long bucket, string key, int content) => new()
    {
        BucketId = bucket,
        Key = key,
        Owner = "alice",
        Content = Content(content),
        Metadata = new ObjectMetadata(),
    };

    private protected static DeleteObjects Delete(long bucket, params string[] keys) =>
        new(bucket, keys.Select(key => new ObjectDeletion(key)).ToList()) { Context = NewContext() };

    /// <summary>Content that is named by its number; number 0 is empty.</summary>
    private protected static ObjectContent Content(int number) => new()
    {
        Size = number,
        ETag = number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture),
        Extents = number == 0 ? [] : [new Extent(Digest(number), 0, number)],
    };

    private protected static BlobDigest Digest(int number)
    {
        var bytes = new byte[BlobDigest.Size];
        BitConverter.TryWriteBytes(bytes, number);
        return new BlobDigest(bytes);
    }

    private protected async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Search Path=casstore");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
