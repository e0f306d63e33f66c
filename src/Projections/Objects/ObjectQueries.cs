namespace CasStore.Projections.Objects;

/// <summary>Look-ups and listings of objects.</summary>
public sealed class ObjectQueries
{
    /// <summary>The live object of that key, or null.</summary>
    public ValueTask<ObjectVersion?> FindAsync(long bucketId, string key, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>One page of the live objects of a bucket, in byte order of the keys.</summary>
    public Task<ListPage> ListAsync(ListRequest request, CancellationToken cancel) =>
        throw new NotImplementedException();
}
