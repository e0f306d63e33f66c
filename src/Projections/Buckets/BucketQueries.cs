namespace CasStore.Projections.Buckets;

/// <summary>A bucket that exists.</summary>
/// <param name="Id">Never reused.</param>
/// <param name="Name">Bucket name.</param>
/// <param name="Owner">Canonical id of the owner.</param>
/// <param name="Region">Region given at creation.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
public sealed record Bucket(long Id, string Name, string Owner, string Region, DateTimeOffset CreatedAt);

/// <summary>Look-ups of buckets.</summary>
public sealed class BucketQueries
{
    /// <summary>The bucket of that name, or null.</summary>
    public ValueTask<Bucket?> FindAsync(string name, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The buckets of an owner in byte order of their names.</summary>
    public Task<IReadOnlyList<Bucket>> ListAsync(string owner, CancellationToken cancel) =>
        throw new NotImplementedException();
}
