using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;
using CasStore.Events.Buckets;

namespace CasStore.Api.S3.Operations.Buckets;

/// <summary>Makes a bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html</summary>
public static class CreateBucket
{
    private const int MaxBody = 64 * 1024;
    private const int MaxElements = 64;

    public static async Task ExecuteAsync(S3Request request)
    {
        var name = request.Target.Bucket!;
        BucketName.Validate(name);
        var body = await request.OpenBody().ReadAllAsync(MaxBody, request.Cancel);
        var region = body.Length == 0 ? request.Region : Region(body, request.Region);
        await request.AppendAsync(new Events.Buckets.CreateBucket(name, request.Principal.UserId, region)
        {
            Context = request.Context,
            Configurations = await AccessConfigurationsAsync(request),
            ObjectLock = string.Equals(
                request.Header("x-amz-bucket-object-lock-enabled"), "true", StringComparison.OrdinalIgnoreCase),
        });
        request.Response.Headers.Location = $"/{name}";
        await request.RespondAsync(StatusCodes.Status200OK);
    }

    /// <summary>Ownership and access control list as the headers ask for them.</summary>
    private static async Task<List<(string Name, string Document)>> AccessConfigurationsAsync(S3Request request)
    {
        var configurations = new List<(string, string)>();
        ObjectOwnership? ownership = null;
        if (request.Header("x-amz-object-ownership") is { } named)
        {
            ownership = ObjectOwnershipNames.Parse(named) ?? throw new S3Exception(S3Errors.InvalidArgument,
                $"Invalid x-amz-object-ownership header: {named}",
                ("ArgumentName", "x-amz-object-ownership"), ("ArgumentValue", named));
            configurations.Add((BucketConfigurationName.OwnershipControls, named));
        }
        var owner = request.Principal.UserId;
        var acl = await RequestedAcl.OfHeadersAsync(request, owner, owner);
        if (acl is null || acl.IsPrivateTo(owner))
            return configurations;
        if (ownership == ObjectOwnership.BucketOwnerEnforced)
            throw new S3Exception(S3Errors.InvalidBucketAclWithObjectOwnership);
        configurations.Add((BucketConfigurationName.Acl, acl.Write()));
        return configurations;
    }

    /// <summary>The region named; the store is in one region only.</summary>
    private static string Region(byte[] body, string own)
    {
        var configuration = XmlNode.Parse(body, "CreateBucketConfiguration", MaxElements);
        foreach (var unknown in configuration.Children.Where(child => child.Name != "LocationConstraint"))
            throw new S3Exception(S3Errors.NotImplemented, null, ("Header", unknown.Name));
        var named = configuration.TextOf("LocationConstraint")?.Trim();
        if (string.IsNullOrEmpty(named) || named == own)
            return own;
        throw new S3Exception(S3Errors.InvalidLocationConstraint, null, ("LocationConstraint", named));
    }
}
