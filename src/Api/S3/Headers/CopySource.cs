using CasStore.Api.S3.Access;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using CasStore.Projections.Objects;

namespace CasStore.Api.S3.Headers;

/// <summary>The object that a copy reads.</summary>
/// <param name="Bucket">Bucket name.</param>
/// <param name="Object">The object as it stands.</param>
public sealed record CopySource(string Bucket, ObjectVersion Object)
{
    /// <summary><c>bucket/key</c>, for the log.</summary>
    public string Name => $"{Bucket}/{Object.Key}";

    /// <summary>Finds the source, and checks that the principal may read it and that its conditions hold.</summary>
    /// <exception cref="S3Exception">InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied or
    /// PreconditionFailed.</exception>
    public static async Task<CopySource> FindAsync(S3Request request)
    {
        var (bucketName, key) = Parse(request.Header("x-amz-copy-source")!);
        var bucket = await request.Store.Buckets.FindAsync(bucketName, request.Cancel)
            ?? throw new S3Exception(S3Errors.NoSuchBucket, null, ("BucketName", bucketName));
        Authorizer.RequireOwner(bucket, request.Header("x-amz-source-expected-bucket-owner"));
        var configurations = await request.Store.Buckets.ConfigurationsAsync(bucket, request.Cancel);
        await request.Access.RequireAsync(bucket, configurations, S3Actions.GetObject, key);
        var found = await request.Store.Objects.FindAsync(bucket.Id, key, request.Cancel);
        if (found is null)
        {
            await request.Access.RequireAsync(bucket, configurations, S3Actions.ListBucket, key: null);
            throw new S3Exception(S3Errors.NoSuchKey, null, ("Key", key));
        }
        ReadConditions.OfCopySource(request).CheckCopy(found.Content.ETag, found.LastModified);
        return new CopySource(bucketName, found);
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

    private static (string Bucket, string Key) Parse(string header)
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
        if (question >= 0)
            VersionId.RequireNull(header[(question + "?versionId=".Length)..]);
        return (name[..slash], name[(slash + 1)..]);
    }
}
