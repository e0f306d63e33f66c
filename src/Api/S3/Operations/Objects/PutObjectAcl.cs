using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Headers;
using CasStore.Events.Objects;

namespace CasStore.Api.S3.Operations.Objects;

/// <summary>
/// Replaces the access control list of a version.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html
/// </summary>
public static class PutObjectAcl
{
    public static async Task ExecuteAsync(S3Request request)
    {
        var found = await RequestedObject.FindAsync(request);
        var owner = request.BucketAccess.AclsCount ? found.Owner : request.Bucket.Owner;
        var list = await RequestedAcl.ReadAsync(request, owner);
        var result = await request.AppendAsync(new SetObjectAcl(
            request.Bucket.Id, request.Key, found.VersionId, list.Write())
        {
            Context = request.Context,
        });
        VersionIds.Write(request, result.Events.OfType<ObjectAclSet>().Single().VersionId);
        await request.RespondAsync(StatusCodes.Status200OK);
    }
}
