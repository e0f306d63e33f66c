using CasStore.BlobCas.Packs;
using CasStore.BlobCas.Staging;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas;

/// <summary>
/// Blobs by digest: small ones in pack segments, the others in a hash-sharded directory:
/// <c>blobs/ab/cd/&lt;64 hex&gt;</c>.
/// </summary>
/// <remarks>One process at a time has a data directory; disposing the store gives it up.</remarks>
public sealed class BlobStore : IDisposable
{
    private readonly BlobLayout _layout;
    private readonly BlockingCalls _calls = new();
    private readonly StagingArea _area;
    private readonly BodyStager _stager;
    private readonly BlobPublisher _publisher;
    private readonly PackStore _packs;
    private readonly int _packLimit;

    private BlobStore(BlobLayout layout, ShardDirectories shards, StagingArea area, BlobStoreOptions options)
    {
        _layout = layout;
        _area = area;
        _stager = new BodyStager(area, _calls, options);
        _publisher = new BlobPublisher(layout, shards, _calls);
        _packs = PackStore.Open(layout, shards, _calls, options);
        _packLimit = options.PackLimit;
    }

    /// <summary>
    /// Opens (or makes) the store below <paramref name="directory"/> and removes leftover staging files.
    /// </summary>
    /// <exception cref="IOException">The directory is in use by another process, or cannot be made.</exception>
    public static BlobStore Open(string directory) => Open(directory, new BlobStoreOptions());

    /// <inheritdoc cref="Open(string)"/>
    public static BlobStore Open(string directory, BlobStoreOptions options)
    {
        var layout = new BlobLayout(directory);
        OwnerDirectory.CreateDurably(layout.Blobs);
        OwnerDirectory.CreateDurably(layout.Staging);
        var area = StagingArea.Open(layout);
        try
        {
            return new BlobStore(layout, ShardDirectories.Open(layout), area, options);
        }
        catch
        {
            area.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads <paramref name="content"/> to its end, hashing it in the same pass: BLAKE3, MD5 and, if asked, one
    /// checksum. What is longer than 64 KiB goes to a staging file: memory is bounded whatever the length. Exceptions
    /// of the stream pass through, and the staging file is gone then.
    /// </summary>
    /// <exception cref="DiskFullException">There is no room for the staging file.</exception>
    public async Task<StagedBlob> StageAsync(Stream content, ChecksumAlgorithm? checksum, CancellationToken cancel)
    {
        try
        {
            var (body, hashes) = await _stager.StageAsync(content, checksum, cancel);
            return new StagedBlob(PublishAsync, body, hashes);
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            throw DiskFullException.Of(e);
        }
    }

    /// <summary>Opens a blob for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public BlobReader OpenRead(BlobDigest digest) => _packs.Find(digest) is { } packed
        ? new BlobReader(packed, _calls)
        : new BlobReader(Posix.OpenRead(_layout.PathOf(digest)), _calls);

    /// <summary>Removes a blob durably; false when there was none. Who reads it goes on reading it.</summary>
    /// <exception cref="IOException">It could not be removed, or not durably.</exception>
    public async Task<bool> DeleteAsync(BlobDigest digest) => await DeleteAsync([digest]) > 0;

    /// <summary>
    /// Removes blobs durably, many for the flushes of one; returns how many of them there were. All may be named again.
    /// </summary>
    /// <exception cref="IOException">Some could not be removed, or not durably.</exception>
    public Task<int> DeleteAsync(IReadOnlyCollection<BlobDigest> digests) => _packs.DeleteAsync(digests);

    /// <summary>
    /// Makes room: pack segments of whose bytes at least a share (0 to 1) is dead are written anew without it. Reading
    /// and writing go on. One compaction runs at a time.
    /// </summary>
    public Task<CompactionResult> CompactAsync(double deadShare, CancellationToken cancel) =>
        _packs.CompactAsync(deadShare, cancel);

    /// <summary>All blobs, ascending by digest. Ones that come or go meanwhile may or may not be among them.</summary>
    public IEnumerable<BlobDigest> Enumerate()
    {
        for (var first = 0; first < BlobLayout.FirstLevels; first++)
        {
            var packed = _packs.StartingWith((byte)first);
            var next = 0;
            foreach (var digest in BlobWalk.Walk(_layout, first))
            {
                for (; next < packed.Count && BlobDigest.Compare(packed[next], digest) < 0; next++)
                    yield return packed[next];
                if (next < packed.Count && packed[next] == digest)
                    next++;
                yield return digest;
            }
            for (; next < packed.Count; next++)
                yield return packed[next];
        }
    }

    /// <summary>Writes, flushes and removes a small file: throws when the disk cannot take blobs.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="IOException">The file cannot be written, flushed or removed.</exception>
    public void CheckWritable()
    {
        try
        {
            using var body = new FileBody(_area.NewPath(), piece: 0);
            body.Write("writable"u8);
            body.Flush();
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            throw DiskFullException.Of(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The lock goes last: whoever opens the directory next must find the packs at rest.
        _packs.Dispose();
        _stager.Dispose();
        _area.Dispose();
    }

    private Task PublishAsync(StagedBody body, BlobDigest digest, long length) => length <= _packLimit
        ? _packs.AppendAsync(body, digest, (int)length)
        : _publisher.PublishAsync(body, digest);
}
