using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>What a request says of the object that it makes, besides the bytes.</summary>
/// <param name="Owner">Canonical id of its owner.</param>
/// <param name="Metadata">Headers to be given back.</param>
/// <param name="Tags">Tags, or null.</param>
/// <param name="Acl">Access control list in the Api's form, or null for the owner's alone.</param>
/// <param name="Retention">Retention, or null for the bucket's default.</param>
/// <param name="LegalHold">Legal hold, or null.</param>
public sealed record NewObject(
    string Owner,
    ObjectMetadata Metadata,
    IReadOnlyList<ObjectTag>? Tags,
    string? Acl,
    ObjectRetention? Retention,
    bool? LegalHold)
{
    /// <summary>Reads it from a request's headers.</summary>
    /// <exception cref="Errors.S3Exception">A header is not what it must be.</exception>
    public static async ValueTask<NewObject> ReadAsync(S3Request request)
    {
        var owner = request.BucketAccess.OwnerOfNew(request.Principal, request.Header(AclHeaders.Canned));
        return new NewObject(
            owner,
            MetadataHeaders.Read(request.Http.Request),
            TaggingHeader.Read(request),
            AclHeaders.Any(request.Headers) ? await RequestedAcl.OfNewObjectAsync(request, owner) : null,
            ObjectLockHeaders.Retention(request),
            ObjectLockHeaders.LegalHold(request));
    }

    /// <summary>The event that makes it of sealed bytes.</summary>
    public ObjectCreated With(S3Request request, ObjectContent content) => new()
    {
        BucketId = request.Bucket.Id,
        Key = request.Key,
        Owner = Owner,
        Content = content,
        Metadata = Metadata,
        Tags = Tags is [] ? null : Tags,
        Acl = Acl,
        Retention = Retention,
        LegalHold = LegalHold,
    };
}
