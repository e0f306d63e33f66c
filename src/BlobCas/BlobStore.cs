using CasStore.BlobCas.Staging;
using CasStore.BlobCas.Storage;

namespace CasStore.BlobCas;

/// <summary>Blobs by digest in a hash-sharded directory: <c>blobs/ab/cd/&lt;64 hex&gt;</c>.</summary>
/// <remarks>One process at a time has a data directory; disposing the store gives it up.</remarks>
public sealed class BlobStore : IDisposable
{
    private readonly BlobLayout _layout;
    private readonly BlockingCalls _calls = new();
    private readonly StagingArea _area;
    private readonly BodyStager _stager;
    private readonly BlobPublisher _publisher;

    private BlobStore(BlobLayout layout, ShardDirectories shards, StagingArea area)
    {
        _layout = layout;
        _area = area;
        _stager = new BodyStager(area, _calls);
        _publisher = new BlobPublisher(layout, shards, _calls);
    }

    /// <summary>
    /// Opens (or makes) the store below <paramref name="directory"/> and removes leftover staging files.
    /// </summary>
    /// <exception cref="IOException">The directory is in use by another process, or cannot be made.</exception>
    public static BlobStore Open(string directory)
    {
        var layout = new BlobLayout(directory);
        OwnerDirectory.CreateDurably(layout.Blobs);
        OwnerDirectory.CreateDurably(layout.Staging);
        var area = StagingArea.Open(layout);
        try
        {
            return new BlobStore(layout, ShardDirectories.Open(layout), area);
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
            return new StagedBlob(_publisher, body, hashes);
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            throw DiskFullException.Of(e);
        }
    }

    /// <summary>Opens a blob for reading.</summary>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    public BlobReader OpenRead(BlobDigest digest) =>
        new(Posix.OpenRead(_layout.PathOf(digest)), _calls);

    /// <summary>Removes a blob durably; false when there was none.</summary>
    public bool Delete(BlobDigest digest)
    {
        if (!Posix.Remove(_layout.PathOf(digest)))
            return false;
        Posix.FlushDirectory(_layout.ShardDirectory(BlobLayout.ShardOf(digest)));
        return true;
    }

    /// <summary>All blobs, ascending by digest. Ones that come or go meanwhile may or may not be among them.</summary>
    public IEnumerable<BlobDigest> Enumerate() => BlobWalk.Walk(_layout);

    /// <summary>Writes, flushes and removes a small file: throws when the disk cannot take blobs.</summary>
    /// <exception cref="DiskFullException">There is no room.</exception>
    /// <exception cref="IOException">The file cannot be written, flushed or removed.</exception>
    public void CheckWritable()
    {
        try
        {
            using var body = new FileBody(_area.NewPath());
            body.Write("writable"u8);
            body.Flush();
        }
        catch (IOException e) when (DiskFullException.IsCause(e))
        {
            throw DiskFullException.Of(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _area.Dispose();
}
