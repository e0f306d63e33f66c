namespace CasStore.BlobCas.Storage;

/// <summary>Makes shard directories when first needed, and remembers which are durable.</summary>
internal sealed class ShardDirectories
{
    private readonly BlobLayout _layout;
    private readonly bool[] _durable = new bool[BlobLayout.Shards];
    private readonly bool[] _absent = new bool[BlobLayout.Shards];

    private ShardDirectories(BlobLayout layout) => _layout = layout;

    /// <summary>
    /// Makes the 256 directories of the first level, so that a new shard costs one flush more and not two.
    /// </summary>
    public static ShardDirectories Open(BlobLayout layout)
    {
        for (var firstLevel = 0; firstLevel < BlobLayout.FirstLevels; firstLevel++)
            OwnerDirectory.Create(layout.FirstLevelDirectory(firstLevel));
        Posix.FlushDirectory(layout.Blobs);
        return new ShardDirectories(layout);
    }

    /// <summary>
    /// Whether there may be blobs that have files. Looks once whether there is a directory; none comes but by
    /// <see cref="Ensure"/>.
    /// </summary>
    public bool MayHaveFiles(int shard)
    {
        if (IsDurable(shard))
            return true;
        if (!_absent[shard] && Directory.Exists(_layout.ShardDirectory(shard)))
            return true;
        _absent[shard] = true;
        return IsDurable(shard);
    }

    public bool IsDurable(int shard) => Volatile.Read(ref _durable[shard]);

    /// <summary>
    /// Makes a shard's directory durable. One that exists already is flushed too: whoever made it may have died, or
    /// still be, before its flush.
    /// </summary>
    public void Ensure(int shard)
    {
        OwnerDirectory.Create(_layout.ShardDirectory(shard));
        Posix.FlushDirectory(_layout.FirstLevelDirectory(BlobLayout.FirstLevelOf(shard)));
        Volatile.Write(ref _durable[shard], true);
    }
}
