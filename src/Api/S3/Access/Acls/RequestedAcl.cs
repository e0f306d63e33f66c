using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;

namespace CasStore.Api.S3.Access.Acls;

/// <summary>The access control list that a request asks for, in headers or in its body.</summary>
public static class RequestedAcl
{
    private const int MaxBody = 256 * 1024;

    /// <summary>The list that the headers ask for, or null when there are none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="owner">Owner of the bucket or object that it is for.</param>
    /// <param name="bucketOwner">Owner of the bucket.</param>
    /// <exception cref="S3Exception">What is wrong with them.</exception>
    public static ValueTask<AccessControlList?> OfHeadersAsync(S3Request request, string owner, string bucketOwner) =>
        AclHeaders.ReadAsync(request.Headers, owner, bucketOwner, Users(request));

    /// <summary>The list that the headers ask for on a new object, stored form; null for a private one.</summary>
    /// <exception cref="S3Exception">What is wrong with them, or that the bucket takes no such list.</exception>
    public static async ValueTask<string?> OfNewObjectAsync(S3Request request, string owner)
    {
        var list = await OfHeadersAsync(request, owner, request.Bucket.Owner);
        if (list is null)
            return null;
        Check(list, request.BucketAccess);
        return list.IsPrivateTo(owner) ? null : list.Write();
    }

    /// <summary>The list that a request to replace one has, when the bucket takes it.</summary>
    /// <exception cref="S3Exception">There is none, there are two, or what is wrong with it.</exception>
    public static async Task<AccessControlList> ReadAsync(S3Request request, string owner)
    {
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var list = await OfHeadersAsync(request, owner, request.Bucket.Owner);
        if (list is not null && body.Length > 0)
            throw new S3Exception(S3Errors.UnexpectedContent);
        if (list is null && body.Length == 0)
            throw new S3Exception(S3Errors.MissingSecurityHeader);
        list ??= await AclXml.ReadAsync(body, owner, Users(request));
        Check(list, request.BucketAccess);
        return list;
    }

    /// <summary>Lets a list go on that the bucket takes.</summary>
    /// <exception cref="S3Exception">AccessControlListNotSupported or AccessDenied.</exception>
    public static void Check(AccessControlList list, BucketAccess access)
    {
        if (!access.AclsCount && !list.IsPrivateTo(access.Bucket.Owner))
            throw new S3Exception(S3Errors.AccessControlListNotSupported);
        if (list.IsPublic && access.Blocks(PublicAccessBlock.BlockPublicAcls))
            throw new S3Exception(S3Errors.AccessDenied);
    }

    private static GranteeLookup Users(S3Request request) => new(request.Store.Access, request.Cancel);
}
