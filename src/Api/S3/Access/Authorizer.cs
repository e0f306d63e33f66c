using CasStore.Api.S3.Access.Acls;
using CasStore.Api.S3.Access.Conditions;
using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Access.Settings;
using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using CasStore.Api.S3.Routing;
using CasStore.Events.Objects;
using CasStore.Projections;
using CasStore.Projections.Buckets;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Access;

/// <summary>
/// Decides what a request may do, in the order of docs/access.md: what the bucket policy denies; the root identity; the
/// owner; what the policy allows; what access control lists grant. Everything else is denied.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
/// </remarks>
public sealed class Authorizer(
    EventStore store, Principal principal, HttpContext http, RequestTarget target, Claim claim, RequestFacts facts)
{
    /// <summary>What a header of a write asks for besides the write.</summary>
    private static readonly (string Header, string Action)[] FurtherActions =
    [
        ("x-amz-tagging", S3Actions.PutObjectTagging), ("x-amz-object-lock-mode", "s3:PutObjectRetention"),
        ("x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold"),
    ];

    private (long BucketId, string Key, string? VersionId, ObjectVersion? Object)? _found;

    /// <summary>The headers; the fields of a form are among them.</summary>
    private IHeaderDictionary Headers => http.Request.Headers;

    private bool IsOwner(Bucket bucket) => !principal.IsAnonymous && principal.UserId == bucket.Owner;

    /// <summary>Lets the principal act on no bucket in particular.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void RequireSigned()
    {
        if (principal.IsAnonymous)
            throw new S3Exception(S3Errors.AccessDenied);
    }

    /// <summary>Lets a request go on whose client is right about who owns the bucket.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public static void RequireOwner(Bucket bucket, string? expected)
    {
        if (expected is not null && expected != bucket.Owner)
            throw new S3Exception(S3Errors.AccessDenied);
    }

    /// <summary>Lets an operation go on: what it does, and what its headers ask for besides.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public async ValueTask RequireAsync(Operation operation, Bucket bucket, BucketConfigurations configurations)
    {
        RequireOwner(bucket, http.Request.Headers["x-amz-expected-bucket-owner"]);
        if (operation.Action is not { } action)
            return;
        await RequireAsync(bucket, configurations, action, target.Key, target.Query["versionId"]);
        if (action == "s3:GetObjectAttributes")
            await RequireAsync(bucket, configurations, S3Actions.GetObject, target.Key, target.Query["versionId"]);
        if (action is S3Actions.DeleteObject or "s3:PutObjectRetention" && ObjectLockHeaders.BypassGovernance(Headers))
            await RequireAsync(bucket, configurations, S3Actions.BypassGovernanceRetention, target.Key);
        if (action != S3Actions.PutObject)
            return;
        foreach (var (header, further) in FurtherActions)
        {
            if (Headers.ContainsKey(header))
                await RequireAsync(bucket, configurations, further, target.Key);
        }
        // Who may write owns what is written, and with it the right to put a list on it, but for what is denied.
        if (AclHeaders.Any(Headers) && await IsDeniedAsync(bucket, configurations, S3Actions.PutObjectAcl, target.Key))
            throw new S3Exception(S3Errors.AccessDenied);
    }

    /// <summary>Lets the principal do something that <see cref="AllowsAsync"/> allows.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public async ValueTask RequireAsync(
        Bucket bucket, BucketConfigurations configurations, string action, string? key, string? versionId = null)
    {
        if (!await AllowsAsync(bucket, configurations, action, key, versionId))
            throw new S3Exception(S3Errors.AccessDenied);
    }

    /// <summary>Whether the principal may do something.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="configurations">How it is configured.</param>
    /// <param name="action">The permission, as <c>s3:GetObject</c>; on a version it becomes the version's.</param>
    /// <param name="key">The object's key, or null when it is about the bucket.</param>
    /// <param name="versionId">The version, or null for none in particular.</param>
    public ValueTask<bool> AllowsAsync(
        Bucket bucket, BucketConfigurations configurations, string action, string? key, string? versionId = null)
    {
        // What nobody configured holds what its owner and root put there: nothing has to be looked at.
        if (bucket.ConfiguredAt == 0 && (principal.IsRoot || IsOwner(bucket)))
            return new ValueTask<bool>(true);
        var access = new BucketAccess(bucket, configurations);
        return DecideAsync(access, versionId is null ? action : S3Actions.OfVersion(action), key, versionId);
    }

    /// <summary>Whether the bucket policy denies something, whoever else would allow it.</summary>
    public async ValueTask<bool> IsDeniedAsync(
        Bucket bucket, BucketConfigurations configurations, string action, string? key) =>
        await JudgeAsync(new BucketAccess(bucket, configurations), action, key, versionId: null)
            == PolicyVerdict.Deny;

    /// <summary>
    /// An object, or a version of it, or null. What was decided about is what is found again: an object that replaces
    /// it meanwhile may be for others.
    /// </summary>
    public async ValueTask<ObjectVersion?> FindAsync(Bucket bucket, string key, string? versionId)
    {
        if (_found is { } last && last.BucketId == bucket.Id && last.Key == key && last.VersionId == versionId)
            return last.Object;
        var found = versionId is null
            ? await FindLiveAsync(bucket, key)
            : VersionId.IsValid(versionId)
                ? await store.Objects.FindVersionAsync(bucket.Id, key, versionId, http.RequestAborted)
                : null;
        _found = (bucket.Id, key, versionId, found);
        return found;
    }

    private async Task<ObjectVersion?> FindLiveAsync(Bucket bucket, string key) =>
        await facts.Object is { } asked && asked.BucketId == bucket.Id && asked.Key == key
            ? asked
            : await store.Objects.FindAsync(bucket.Id, key, http.RequestAborted);

    private async ValueTask<bool> DecideAsync(
        BucketAccess access, string action, string? key, string? versionId)
    {
        var administers = principal.IsRoot || IsOwner(access.Bucket);
        // A policy that locks everybody out must still be one that its owner can replace.
        if (administers && action is "s3:GetBucketPolicy" or "s3:PutBucketPolicy" or "s3:DeleteBucketPolicy")
            return administers;
        var verdict = await JudgeAsync(access, action, key, versionId);
        if (verdict == PolicyVerdict.Deny)
            return false;
        if (principal.IsRoot)
            return true;
        if (verdict == PolicyVerdict.Allow && (administers || !IsRestricted(access)))
            return true;
        var needed = S3Actions.AclPermission(action);
        if (needed is null)
            return administers || await IsInitiatorAsync(access, action);
        return needed.Value.OnObject
            ? await AllowsOnObjectAsync(access, needed.Value.Permission, key!, versionId)
            : AllowsOnBucket(access, needed.Value.Permission);
    }

    private async ValueTask<PolicyVerdict> JudgeAsync(
        BucketAccess access, string action, string? key, string? versionId)
    {
        if (access.Policy is not { } policy)
            return PolicyVerdict.Silent;
        var arn = PolicyValidation.BucketArn(access.Bucket.Name);
        var found = policy.UsesExistingTags && key is not null
            ? await FindAsync(access.Bucket, key, versionId)
            : null;
        var context = new RequestConditions(principal, http, Headers, target, claim)
        {
            VersionId = versionId,
            ExistingTags = found?.Tags ?? [],
        };
        return policy.Evaluate(principal, action, key is null ? arn : $"{arn}/{key}", context);
    }

    private static bool IsRestricted(BucketAccess access) =>
        access.Blocks(PublicAccessBlock.RestrictPublicBuckets) && access.Policy is { IsPublic: true };

    /// <summary>What the bucket's list grants. It holds for the owner too, but for reading and changing it.</summary>
    private bool AllowsOnBucket(BucketAccess access, AclPermission permission)
    {
        if (IsOwner(access.Bucket) && permission is AclPermission.ReadAcp or AclPermission.WriteAcp)
            return true;
        return access.Acl is { } acl
            ? acl.Allows(principal, permission, access.Blocks(PublicAccessBlock.IgnorePublicAcls))
            : IsOwner(access.Bucket);
    }

    private async ValueTask<bool> AllowsOnObjectAsync(
        BucketAccess access, AclPermission permission, string key, string? versionId)
    {
        if (IsOwner(access.Bucket) && (!access.AclsCount || access.IsUntouched))
            return true;
        var found = await FindAsync(access.Bucket, key, versionId);
        // That there is nothing may be told to who may list.
        if (found is null or { IsDeleteMarker: true })
            return await AllowsAsync(access.Bucket, access.Configurations, S3Actions.ListBucket, key: null);
        if (!access.AclsCount)
            return false;
        return (!principal.IsAnonymous && found.Owner == principal.UserId)
            || (found.Acl is { } acl
                && AccessControlList.Read(acl).Allows(
                    principal, permission, access.Blocks(PublicAccessBlock.IgnorePublicAcls)));
    }

    /// <summary>Who started an upload may look at its parts and give it up.</summary>
    private async ValueTask<bool> IsInitiatorAsync(BucketAccess access, string action) =>
        action is "s3:AbortMultipartUpload" or "s3:ListMultipartUploadParts"
        && !principal.IsAnonymous
        && target.Query["uploadId"] is { } uploadId
        && await store.Uploads.FindAsync(uploadId, http.RequestAborted) is { } upload
        && upload.BucketId == access.Bucket.Id
        && upload.Initiator == principal.UserId;
}
