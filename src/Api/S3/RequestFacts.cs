using CasStore.Api.S3.Routing;
using CasStore.Projections;
using CasStore.Projections.Buckets;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3;

/// <summary>
/// What most requests need to know of the store, asked for as soon as it is known what the request is, so that it comes
/// in one round trip with the signer's key. Nothing of it is told to anybody before the request is authorised.
/// </summary>
/// <param name="Bucket">The bucket of the path, or null.</param>
/// <param name="Object">The live object of the path, or null; for operations that send it.</param>
public sealed record RequestFacts(Task<Bucket?> Bucket, Task<ObjectVersion?> Object)
{
    private static readonly Task<Bucket?> NoBucket = Task.FromResult<Bucket?>(null);
    private static readonly Task<ObjectVersion?> NoObject = Task.FromResult<ObjectVersion?>(null);

    /// <summary>Nothing was asked for.</summary>
    public static RequestFacts None { get; } = new(NoBucket, NoObject);

    /// <summary>Asks.</summary>
    public static RequestFacts Ask(
        Operation operation, RequestTarget target, EventStore store, CancellationToken cancel) => new(
            operation.NeedsBucket ? store.Buckets.FindAsync(target.Bucket!, cancel) : NoBucket,
            operation.ReadsObject && target.Query["versionId"] is null
                ? store.Objects.FindAsync(target.Bucket!, target.Key!, cancel)
                : NoObject);
}
