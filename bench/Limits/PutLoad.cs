using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections;

namespace CasStore.Bench.Limits;

/// <summary>
/// Callers that look up where to put a new key, append the PUT, and go on with the next; of blobs that do not exist.
/// </summary>
internal sealed class PutLoad
{
    private const string Owner = "limits";
    private readonly EventStore _store;
    private readonly long _bucketId;
    private long _next;

    private PutLoad(EventStore store, long bucketId)
    {
        _store = store;
        _bucketId = bucketId;
    }

    /// <summary>Makes the bucket.</summary>
    public static async Task<PutLoad> PrepareAsync(EventStore store, CancellationToken cancel)
    {
        var made = await store.Log.AppendAsync(
            new CreateBucket(Owner, Owner, "us-east-1") { Context = Context() }, cancel);
        return new PutLoad(store, ((BucketCreated)made.Events[0]).BucketId);
    }

    /// <summary>PUTs per second.</summary>
    public async Task<double> RunAsync(int callers, TimeSpan duration, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(
            async () =>
            {
                var count = 0L;
                for (; clock.Elapsed < duration; count++)
                {
                    var result = await _store.Log.AppendAsync(await NextAsync(cancel), cancel);
                    if (result.Rejection != Rejection.None)
                        throw new BenchmarkException($"A PUT was rejected: {result.Rejection}.");
                }
                return count;
            },
            cancel)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private async Task<PutObject> NextAsync(CancellationToken cancel)
    {
        var number = Interlocked.Increment(ref _next);
        var key = string.Create(CultureInfo.InvariantCulture, $"some/folder/{number:D9}");
        var target = await _store.Objects.FindWriteTargetAsync(Owner, key, cancel);
        var digest = RandomNumberGenerator.GetBytes(BlobDigest.Size);
        return new PutObject(new ObjectCreated
        {
            BucketId = _bucketId,
            Key = key,
            Owner = Owner,
            Content = new ObjectContent
            {
                Size = 4096,
                ETag = Convert.ToHexStringLower(digest.AsSpan(0, 16)),
                Extents = [new Extent(new BlobDigest(digest), 0, 4096)],
                Checksum = new ObjectChecksum("CRC64NVME", "rosUhgp5mIg=", "FULL_OBJECT"),
            },
            Metadata = new ObjectMetadata { ContentType = "application/octet-stream" },
        })
        {
            Context = Context(),
            Known = target?.State,
        };
    }

    private static CommandContext Context() => new(Guid.CreateVersion7(), Owner, "127.0.0.1");
}
