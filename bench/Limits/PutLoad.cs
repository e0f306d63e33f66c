using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;

namespace CasStore.Bench.Limits;

/// <summary>Callers that append one PUT of a new key after another, of blobs that do not exist.</summary>
internal sealed class PutLoad
{
    private const string Owner = "limits";
    private readonly AppendQueue _log;
    private readonly long _bucketId;
    private long _next;

    private PutLoad(AppendQueue log, long bucketId)
    {
        _log = log;
        _bucketId = bucketId;
    }

    /// <summary>Makes the bucket.</summary>
    public static async Task<PutLoad> PrepareAsync(AppendQueue log, CancellationToken cancel)
    {
        var made = await log.AppendAsync(new CreateBucket(Owner, Owner, "us-east-1") { Context = Context() }, cancel);
        return new PutLoad(log, ((BucketCreated)made.Events[0]).BucketId);
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
                    var result = await _log.AppendAsync(Next(), cancel);
                    if (result.Rejection != Rejection.None)
                        throw new BenchmarkException($"A PUT was rejected: {result.Rejection}.");
                }
                return count;
            },
            cancel)));
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private PutObject Next()
    {
        var number = Interlocked.Increment(ref _next);
        var digest = RandomNumberGenerator.GetBytes(BlobDigest.Size);
        return new PutObject(new ObjectCreated
        {
            BucketId = _bucketId,
            Key = string.Create(CultureInfo.InvariantCulture, $"some/folder/{number:D9}"),
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
        };
    }

    private static CommandContext Context() => new(Guid.CreateVersion7(), Owner, "127.0.0.1");
}
