using CasStore.Api.S3.Errors;
using CasStore.Events.Buckets;
using CasStore.Events.Log;
using CasStore.Events.Objects;
using CasStore.Projections.Buckets;

namespace CasStore.Api.S3.Headers;

/// <summary>Version ids as clients send and get them.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html</remarks>
public static class VersionIds
{
    private const string Header = "x-amz-version-id";

    /// <summary>The version that a request names, or null for the newest.</summary>
    /// <exception cref="S3Exception">InvalidArgument: it cannot be a version's.</exception>
    public static string? Requested(S3Request request) => Parse(request.Query["versionId"]);

    /// <summary>A version id from a client, or null when there is none.</summary>
    /// <exception cref="S3Exception">InvalidArgument: it cannot be a version's.</exception>
    public static string? Parse(string? versionId, string argument = "versionId")
    {
        if (versionId is null || VersionId.IsValid(versionId))
            return versionId;
        throw new S3Exception(S3Errors.InvalidArgument,
            versionId.Length == 0 ? "Version id cannot be the empty string" : "Invalid version id specified",
            ("ArgumentName", argument), ("ArgumentValue", versionId));
    }

    /// <summary>Whether clients are told of versions: once a bucket had versioning, always.</summary>
    public static bool AreShown(Bucket bucket) => bucket.Versioning != VersioningStatus.Off;

    /// <summary>Tells a client which version its command made; of the null version S3 does not tell.</summary>
    public static void WriteMade(S3Request request, AppendResult result)
    {
        if (result.Events.OfType<ObjectCreated>().Single().VersionId is { } made and not VersionId.Null)
            Write(request, made);
    }

    /// <summary>Tells a client which version it is about.</summary>
    public static void Write(S3Request request, string? versionId)
    {
        if (versionId is not null && AreShown(request.Bucket))
            request.Response.Headers[Header] = versionId;
    }
}
