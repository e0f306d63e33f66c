using CasStore.BlobCas.Staging;

namespace CasStore.BlobCas.Storage;

/// <summary>
/// Turns staged bodies into blobs in the durable order: file flushed, shard directory durable, renamed, shard directory
/// flushed. A blob that exists already is replaced all the same: that mends a damaged copy, and the time it takes tells
/// nobody whether it was there.
/// </summary>
internal sealed class BlobPublisher
{
    private readonly BlobLayout _layout;
    private readonly ShardDirectories _shards;
    private readonly BlockingCalls _calls;

    public BlobPublisher(BlobLayout layout, ShardDirectories shards, BlockingCalls calls)
    {
        _layout = layout;
        _shards = shards;
        _calls = calls;
    }

    public async Task PublishAsync(StagedBody body, BlobDigest digest)
    {
        var shard = BlobLayout.ShardOf(digest);
        if (_shards.IsDurable(shard))
        {
            await _calls.RunAsync(() =>
            {
                body.Flush();
                Move(body, digest);
            });
            return;
        }
        await Task.WhenAll(_calls.RunAsync(body.Flush), _calls.RunAsync(() => _shards.Ensure(shard)));
        await _calls.RunAsync(() => Move(body, digest));
    }

    private void Move(StagedBody body, BlobDigest digest)
    {
        body.MoveTo(_layout.PathOf(digest));
        Posix.FlushDirectory(_layout.ShardDirectory(BlobLayout.ShardOf(digest)));
    }
}
