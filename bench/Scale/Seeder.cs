using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using CasStore.Bench.Store;
using CasStore.BlobCas;
using CasStore.Events.Buckets;
using CasStore.Events.Configuration;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Events.Uploads;
using CasStore.Projections;

namespace CasStore.Bench.Scale;

/// <summary>
/// Fills a running store fast: commands go to the log through a queue of our own, as those of another Api process
/// would, and the projections run as always. Only the HTTP and the bytes are left out.
/// </summary>
internal sealed class Seeder : IAsyncDisposable
{
    /// <summary>Commands that wait at a time: enough for full batches, well below what the queue takes.</summary>
    private const int Window = 2048;

    private const int SizeOfObjects = 1024;
    private readonly EventStore _store;

    private Seeder(EventStore store, string owner, string postgres) =>
        (_store, Owner, Postgres) = (store, owner, postgres);

    /// <summary>Whose the buckets are.</summary>
    public string Owner { get; }

    /// <summary>How the store's database is reached.</summary>
    public string Postgres { get; }

    public static async Task<Seeder> OpenAsync(FreshStore store, CancellationToken cancel)
    {
        var postgres = string.Create(CultureInfo.InvariantCulture,
            $"Host={Path.Combine(store.Data, "postgres")};Username=casstore;Database=casstore;Command Timeout=600");
        var events = await EventStore.OpenAsync(new StoreSettings(store.Data, postgres), cancel);
        var bucket = await events.Buckets.FindAsync(FreshStore.Bucket, cancel);
        return new Seeder(events, bucket!.Owner, postgres);
    }

    /// <summary>Makes a bucket; returns its id.</summary>
    public async Task<long> MakeBucketAsync(string name, bool versioned, CancellationToken cancel)
    {
        var made = await AppendAsync(new CreateBucket(name, Owner, "us-east-1") { Context = Context() }, cancel);
        var id = made.Events.OfType<BucketCreated>().Single().BucketId;
        if (versioned)
        {
            await AppendAsync(
                new SetBucketVersioning(id, VersioningStatus.Enabled) { Context = Context() }, cancel);
        }
        return id;
    }

    /// <summary>The blob of an object that was put through HTTP.</summary>
    public async Task<ObjectContent> ContentAsync(string bucket, string key, CancellationToken cancel)
    {
        var id = (await _store.Buckets.FindAsync(bucket, cancel))!.Id;
        return (await _store.Objects.FindAsync(id, key, cancel))!.Content;
    }

    /// <summary>A put of an object: with a content of its own that nobody will read, unless one is given.</summary>
    public PutObject Put(long bucketId, string key, ObjectContent? content = null) => new(new ObjectCreated
    {
        BucketId = bucketId,
        Key = key,
        Owner = Owner,
        Content = content ?? OwnContent(bucketId, key),
        Metadata = new ObjectMetadata { ContentType = "application/octet-stream" },
    })
    { Context = Context() };

    public DeleteObjects Delete(long bucketId, string key) =>
        new(bucketId, [new ObjectDeletion(key)]) { Context = Context() };

    public StartUpload Start(long bucketId, string key) => new(new UploadStarted
    {
        UploadId = Guid.CreateVersion7().ToString("N"),
        BucketId = bucketId,
        Key = key,
        Initiator = Owner,
        Owner = Owner,
        Metadata = new ObjectMetadata(),
    })
    { Context = Context() };

    /// <summary>Appends commands in order, many to a batch.</summary>
    public async Task AppendAllAsync(IEnumerable<Command> commands, CancellationToken cancel)
    {
        Task before = Task.CompletedTask;
        foreach (var window in commands.Chunk(Window))
        {
            // The next ones wait in the queue while these are committed.
            var now = Task.WhenAll(window.Select(command => AppendAsync(command, cancel)));
            await before;
            before = now;
        }
        await before;
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<AppendResult> AppendAsync(Command command, CancellationToken cancel)
    {
        var result = await _store.Log.AppendAsync(command, cancel);
        return result.Rejection == Rejection.None
            ? result
            : throw new BenchmarkException($"The store could not be filled ({result.Rejection}).");
    }

    private static ObjectContent OwnContent(long bucketId, string key)
    {
        var digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{bucketId}/{key}/{Random.Shared.NextInt64()}")));
        var checksum = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(checksum, BitConverter.ToUInt64(digest));
        return new ObjectContent
        {
            Size = SizeOfObjects,
            ETag = Convert.ToHexStringLower(digest.AsSpan(0, 16)),
            Extents = [new Extent(new BlobDigest(digest), 0, SizeOfObjects)],
            Checksum = new ObjectChecksum("CRC64NVME", Convert.ToBase64String(checksum), "FULL_OBJECT"),
        };
    }

    private CommandContext Context() => new(Guid.CreateVersion7(), Owner, "127.0.0.1");
}
