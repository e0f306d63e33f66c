using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using CasStore.Projections.Buckets;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>The object that a copy reads.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Object">The version that is copied.</param>
/// <param name="NamesVersion">Whether the client asked for that version, not just for the newest.</param>
public sealed record CopySource(Bucket Bucket, ObjectVersion Object, bool NamesVersion)
{
    /// <summary><c>bucket/key</c>, for the log.</summary>
    public string Name => $"{Bucket.Name}/{Object.Key}";

    /// <summary>Tells the client which version was copied.</summary>
    public void WriteVersion(IHeaderDictionary headers)
    {
        if (VersionIds.AreShown(Bucket))
            headers["x-amz-copy-source-version-id"] = Object.VersionId;
    }

    /// <summary>Finds the source, and checks that the principal may read it and that its conditions hold.</summary>
    /// <exception cref="S3Exception">InvalidArgument, NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied,
    /// InvalidRequest or PreconditionFailed.</exception>
    public static async Task<CopySource> FindAsync(S3Request request)
    {
        var (bucketName, key, versionId) = Parse(request.Header("x-amz-copy-source")!);
        var bucket = await request.Store.Buckets.FindAsync(bucketName, request.Cancel)
            ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", bucketName));
        Authorizer.RequireOwner(bucket, request.Header("x-amz-source-expected-bucket-owner"));
        var configurations = await request.Store.Buckets.ConfigurationsAsync(bucket, request.Cancel);
        await request.Access.RequireAsync(bucket, configurations, S3Actions.GetObject, key, versionId);
        var found = await request.Access.FindAsync(bucket, key, versionId);
        if (found is null)
        {
            await request.Access.RequireAsync(bucket, configurations, S3Actions.ListBucket, key: null);
            throw versionId is null
                ? new S3Exception(S3Errors.NoSuchKey, null, ("Key", key))
                : new S3Exception(S3Errors.NoSuchVersion, null, ("Key", key), ("VersionId", versionId));
        }
        if (found.IsDeleteMarker)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                "The source of a copy request may not specifically refer to a delete marker by version id.");
        }
        ReadConditions.OfCopySource(request).CheckSource(found.Content.ETag, found.LastModified);
        return new CopySource(bucket, found, NamesVersion: versionId is not null);
    }

    /// <summary>Lets a copy of so many bytes go on.</summary>
    /// <exception cref="S3Exception">InvalidRequest.</exception>
    public static void CheckSize(long size)
    {
        const long max = 5L << 30;
        if (size > max)
        {
            throw new S3Exception(S3Errors.InvalidRequest,
                $"The specified copy source is larger than the maximum allowable size for a copy source: {max}");
        }
    }

    private static (string Bucket, string Key, string? VersionId) Parse(string header)
    {
        var question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        var path = question < 0 ? header : header[..question];
        var name = RequestTarget.Decode(path).TrimStart('/');
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == name.Length - 1)
        {
            throw new S3Exception(S3Errors.InvalidArgument,
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                ("ArgumentName", "x-amz-copy-source"), ("ArgumentValue", header));
        }
        var versionId = question < 0 ? null : VersionIds.Parse(header[(question + "?versionId=".Length)..]);
        return (name[..slash], name[(slash + 1)..], versionId);
    }
}
