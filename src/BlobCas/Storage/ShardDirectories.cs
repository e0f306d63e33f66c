namespace CasStore.BlobCas.Storage;

/// <summary>Makes shard directories when first needed, and remembers which are durable.</summary>
internal sealed class ShardDirectories
{
    private readonly BlobLayout _layout;
    private readonly bool[] _firstLevels = new bool[BlobLayout.FirstLevels];
    private readonly bool[] _shards = new bool[BlobLayout.Shards];

    public ShardDirectories(BlobLayout layout) => _layout = layout;

    public bool IsDurable(int shard) => Volatile.Read(ref _shards[shard]);

    /// <summary>
    /// Makes a shard's directory durable. One that exists already is flushed too: whoever made it may have died, or
    /// still be, before its flush.
    /// </summary>
    public void Ensure(int shard)
    {
        var firstLevel = BlobLayout.FirstLevelOf(shard);
        var firstLevelDirectory = _layout.FirstLevelDirectory(firstLevel);
        if (!Volatile.Read(ref _firstLevels[firstLevel]))
        {
            OwnerDirectory.Create(firstLevelDirectory);
            Posix.FlushDirectory(_layout.Blobs);
            Volatile.Write(ref _firstLevels[firstLevel], true);
        }
        OwnerDirectory.Create(_layout.ShardDirectory(shard));
        Posix.FlushDirectory(firstLevelDirectory);
        Volatile.Write(ref _shards[shard], true);
    }
}
