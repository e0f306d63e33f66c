using CasStore.BlobCas.Staging;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas.Packs;

/// <summary>Small blobs, many to a file.</summary>
internal sealed class PackStore : IDisposable
{
    private readonly LiveSegments _segments;
    private readonly OpenSegments _open;
    private readonly PackQueue _queue;
    private readonly PackCompaction _compaction;

    private PackStore(LiveSegments segments, OpenSegments open, PackQueue queue, PackCompaction compaction)
    {
        _segments = segments;
        _open = open;
        _queue = queue;
        _compaction = compaction;
    }

    public static PackStore Open(
        BlobLayout blobs, ShardDirectories shards, BlockingCalls calls, BlobStoreOptions options)
    {
        var layout = new PackLayout(blobs.Blobs);
        OwnerDirectory.CreateDurably(layout.Root);
        OwnerDirectory.CreateDurably(layout.Free);
        var open = new OpenSegments(options.OpenSegments);
        var segments = new LiveSegments(layout, open);
        var pool = new SegmentPool(layout, options.FreeSegments);
        pool.Trim();
        var writer = new PackWriter(
            blobs, shards, segments, pool,
            new SegmentAppender(segments, pool, options, calls, PackRecovery.Open(segments, options, calls)));
        var queue = new PackQueue(calls, writer);
        return new PackStore(
            segments, open, queue, new PackCompaction(segments, open, queue, pool, writer.BatchCapacity));
    }

    public Task AppendAsync(StagedBody body, BlobDigest digest, int length) =>
        _queue.AppendAsync(new PackAppend(body, digest, length));

    /// <summary>Finds a blob; null when it is in no pack.</summary>
    public PackedBlob? Find(BlobDigest digest) => _segments.Find(digest);

    /// <summary>Removes blobs, in packs and in files; returns how many were there.</summary>
    public Task<int> DeleteAsync(IReadOnlyCollection<BlobDigest> digests) =>
        _queue.RunAsync(writer => writer.Delete(digests));

    public Task<CompactionResult> CompactAsync(double deadShare, CancellationToken cancel) =>
        _compaction.RunAsync(deadShare, cancel);

    /// <summary>The blobs whose digest begins with a byte, in order.</summary>
    public IReadOnlyList<BlobDigest> StartingWith(byte first)
    {
        const int PartitionsPerByte = SlotTable.Partitions / 256;
        while (true)
        {
            var moves = _segments.Moves;
            var digests = new SortedSet<BlobDigest>(Comparer<BlobDigest>.Create(BlobDigest.Compare));
            foreach (var segment in _segments.All())
            {
                digests.UnionWith(_segments.Under(segment.Slot, s =>
                    s.Read(first * PartitionsPerByte, PartitionsPerByte).Select(r => r.Digest).ToList()) ?? []);
            }
            // What moved meanwhile may have been where it was not yet, and then where it was no more.
            if (moves == _segments.Moves)
                return [.. digests];
        }
    }

    public void Dispose()
    {
        _queue.Dispose();
        _compaction.Dispose();
        _open.Dispose();
    }
}
