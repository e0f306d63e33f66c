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
/// <param name="Target">What deciding a write needs to know; for operations that write an object.</param>
public sealed record RequestFacts(Task<Bucket?> Bucket, Task<ObjectVersion?> Object, Task<WriteTarget?> Target)
{
    private static readonly Task<Bucket?> NoBucket = Task.FromResult<Bucket?>(null);
    private static readonly Task<ObjectVersion?> NoObject = Task.FromResult<ObjectVersion?>(null);
    private static readonly Task<WriteTarget?> NoTarget = Task.FromResult<WriteTarget?>(null);

    /// <summary>Nothing was asked for.</summary>
    public static RequestFacts None { get; } = new(NoBucket, NoObject, NoTarget);

    /// <summary>Asks; the signer's look-up, or else <see cref="EventStore.SendLookups"/>, takes it along.</summary>
    public static RequestFacts Ask(
        Operation operation, RequestTarget target, EventStore store, CancellationToken cancel)
    {
        if (operation.WritesObject)
        {
            var found = store.Objects.FindWriteTargetWithNextAsync(target.Bucket!, target.Key!, cancel);
            return new RequestFacts(BucketOfAsync(found), NoObject, found);
        }
        return new RequestFacts(
            operation.NeedsBucket ? store.Buckets.FindWithNextAsync(target.Bucket!, cancel) : NoBucket,
            operation.ReadsObject && target.Query["versionId"] is null
                ? store.Objects.FindWithNextAsync(target.Bucket!, target.Key!, cancel)
                : NoObject,
            NoTarget);
    }

    private static async Task<Bucket?> BucketOfAsync(Task<WriteTarget?> target) => (await target)?.Bucket;
}
