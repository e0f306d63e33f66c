using Amazon.S3;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Model;

/// <summary>A bucket of the real server through the AWS SDK; version ids are translated to the test's names.</summary>
internal sealed class SdkVersions(IAmazonS3 s3, string bucket) : IVersionModel
{
    private const string Null = "null";
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal) { [Null] = Null };
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal) { [Null] = Null };

    public Task<string> SetVersioningAsync(bool enabled) => TellAsync(async () =>
    {
        await s3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = bucket,
            VersioningConfig = new S3BucketVersioningConfig
            {
                Status = enabled ? VersionStatus.Enabled : VersionStatus.Suspended,
            },
        });
        return "set";
    });

    public Task<string> PutAsync(string key, string content, string name) => TellAsync(async () =>
    {
        var put = await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content });
        return $"put {Learn(put.VersionId, name)}";
    });

    public Task<string> DeleteAsync(string key, string name) => TellAsync(async () =>
    {
        var answer = await s3.DeleteObjectAsync(bucket, key);
        return answer.DeleteMarker == "true" ? $"marker {Learn(answer.VersionId, name)}" : "deleted";
    });

    public Task<string> DeleteVersionAsync(string key, string name) => TellAsync(async () =>
    {
        var answer = await s3.DeleteObjectAsync(bucket, key, _ids[name]);
        return answer.DeleteMarker == "true" ? "deleted marker" : "deleted";
    });

    public Task<string> GetAsync(string key, string? name) => TellAsync(async () =>
    {
        using var got = await s3.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = key, VersionId = name is null ? null : _ids[name] });
        using var reader = new StreamReader(got.ResponseStream);
        var version = string.IsNullOrEmpty(got.VersionId) ? "" : _names[got.VersionId];
        return $"got {await reader.ReadToEndAsync()} {version}";
    });

    public Task<string> CopyAsync(string key, string? name, string toKey, string toName) => TellAsync(async () =>
    {
        var copied = await s3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = bucket,
            SourceKey = key,
            SourceVersionId = name is null ? null : _ids[name],
            DestinationBucket = bucket,
            DestinationKey = toKey,
        });
        return $"copied {Learn(copied.VersionId, toName)}";
    });

    public Task<string> ListVersionsAsync(string prefix, string? delimiter, int pageSize) => TellAsync(async () =>
    {
        var request = new ListVersionsRequest
        {
            BucketName = bucket,
            Prefix = prefix,
            Delimiter = delimiter,
            MaxKeys = pageSize,
        };
        var pages = new List<string>();
        while (true)
        {
            var page = await s3.ListVersionsAsync(request);
            var entries = (page.Versions ?? []).Select(Describe)
                .Concat((page.CommonPrefixes ?? []).Select(rolled => $"[{rolled}]"))
                .ToList();
            if (entries.Count > 0)
                pages.Add(string.Join(' ', entries));
            if (page.IsTruncated != true)
                return string.Join(" // ", pages);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    });

    public Task<string> ListAsync() => TellAsync(async () =>
        string.Join(' ', (await s3.ListAllAsync(bucket, pageSize: 3)).Select(o => $"{o.Key}:{o.Size}")));

    private string Describe(S3ObjectVersion version) => $"{version.Key}@{_names[version.VersionId]}" +
        (version.IsLatest == true ? "*" : "") + (version.IsDeleteMarker == true ? "†" : "");

    /// <summary>The name of a version just made; S3 does not tell of a null version that it made.</summary>
    private string Learn(string? id, string name)
    {
        if (string.IsNullOrEmpty(id) || id == Null)
            return Null;
        (_ids[name], _names[id]) = (id, name);
        return name;
    }

    private static async Task<string> TellAsync(Func<Task<string>> operation)
    {
        try
        {
            return await operation();
        }
        catch (AmazonS3Exception error) when ((int)error.StatusCode is >= 400 and < 500)
        {
            return error.ErrorCode;
        }
    }
}
