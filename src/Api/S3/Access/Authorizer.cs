using CasStore.Api.S3.Errors;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Access;

/// <summary>
/// Decides whether a principal may act. Until there are policies: a user acts on the buckets it owns, root on all,
/// and nobody acts unsigned.
/// </summary>
public static class Authorizer
{
    /// <summary>Lets a principal act on no bucket in particular.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void Authorise(Principal principal)
    {
        if (principal.IsAnonymous)
            throw new S3Exception(S3Errors.AccessDenied);
    }

    /// <summary>Lets a principal act on a bucket.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="expectedOwner">The owner that the client expects it to have, or null.</param>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void Authorise(Principal principal, Bucket bucket, string? expectedOwner)
    {
        Authorise(principal);
        if (!principal.IsRoot && bucket.Owner != principal.UserId)
            throw new S3Exception(S3Errors.AccessDenied);
        if (expectedOwner is not null && expectedOwner != bucket.Owner)
            throw new S3Exception(S3Errors.AccessDenied);
    }
}
