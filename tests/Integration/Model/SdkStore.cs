using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Model;

/// <summary>The real server through the AWS SDK.</summary>
internal sealed class SdkStore(IAmazonS3 s3) : IStoreModel
{
    private const string MetadataName = "note";
    private readonly Dictionary<int, (string Bucket, string Key, string Id)> _uploads = [];
    private readonly Dictionary<(int Handle, int Number), string> _parts = [];

    public Task<string> CreateBucketAsync(string bucket) => TellAsync(async () =>
    {
        await s3.PutBucketAsync(bucket);
        return "created";
    });

    public Task<string> DeleteBucketAsync(string bucket) => TellAsync(async () =>
    {
        await s3.DeleteBucketAsync(bucket);
        return "deleted";
    });

    public Task<string> PutAsync(string bucket, string key, byte[] content, string metadata, string? condition) =>
        TellAsync(async () =>
        {
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                InputStream = new MemoryStream(content),
                IfNoneMatch = condition == "if-none-match" ? "*" : null,
                IfMatch = condition == "if-none-match" ? null : condition,
            };
            if (metadata.Length > 0)
                request.Metadata[MetadataName] = metadata;
            return $"put {(await s3.PutObjectAsync(request)).ETag.Trim('"')}";
        });

    public Task<string> GetAsync(string bucket, string key, long? from, long? to) => TellAsync(async () =>
    {
        using var got = await s3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ByteRange = from is null ? null : new ByteRange(from.Value, to!.Value),
        });
        using var bytes = new MemoryStream();
        await got.ResponseStream.CopyToAsync(bytes);
        var md5 = TestData.Md5(bytes.ToArray());
        if (from is not null)
            return $"got {from}-{from + bytes.Length - 1} {md5}";
        return $"got {got.ContentLength} {got.ETag.Trim('"')} '{got.Metadata[MetadataName]}' {md5}";
    });

    public Task<string> HeadAsync(string bucket, string key) => TellAsync(async () =>
    {
        var head = await s3.GetObjectMetadataAsync(bucket, key);
        return $"head {head.ContentLength} {head.ETag.Trim('"')} '{head.Metadata[MetadataName]}'";
    });

    public Task<string> DeleteAsync(string bucket, string key) => TellAsync(async () =>
    {
        await s3.DeleteObjectAsync(bucket, key);
        return "deleted";
    });

    public Task<string> DeleteManyAsync(string bucket, IReadOnlyList<string> keys) => TellAsync(async () =>
    {
        var answer = await s3.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = keys.Select(key => new KeyVersion { Key = key }).ToList(),
        });
        return "deleted " + string.Join(',',
            answer.DeletedObjects.Select(d => d.Key).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance));
    });

    public Task<string> CopyAsync(string bucket, string key, string toBucket, string toKey) => TellAsync(async () =>
        $"copied {(await s3.CopyObjectAsync(bucket, key, toBucket, toKey)).ETag.Trim('"')}");

    public Task<string> ListAsync(
        int version, string bucket, string prefix, string? delimiter, string? after, int pageSize) =>
        TellAsync(async () =>
        {
            var pages = version == 1
                ? await ListV1Async(bucket, prefix, delimiter, after, pageSize)
                : await ListV2Async(bucket, prefix, delimiter, after, pageSize);
            return "listed " + string.Join(" // ", pages.Where(page => page.Length > 0));
        });

    public Task<string> StartUploadAsync(int handle, string bucket, string key) => TellAsync(async () =>
    {
        // Until it is started, whatever is done to it goes to an upload that does not exist.
        _uploads[handle] = (bucket, key, "none");
        _uploads[handle] = (bucket, key, (await s3.InitiateMultipartUploadAsync(bucket, key)).UploadId);
        return "started";
    });

    public Task<string> UploadPartAsync(int handle, int number, byte[] content) => TellAsync(async () =>
    {
        var (bucket, key, id) = _uploads[handle];
        var answer = await s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = id,
            PartNumber = number,
            InputStream = new MemoryStream(content),
        });
        _parts[(handle, number)] = answer.ETag;
        return $"part {answer.ETag.Trim('"')}";
    });

    public Task<string> CompleteUploadAsync(int handle, IReadOnlyList<int> numbers) => TellAsync(async () =>
    {
        var (bucket, key, id) = _uploads[handle];
        var request = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = id };
        request.AddPartETags(numbers.Select(n =>
            new PartETag(n, _parts.GetValueOrDefault((handle, n), "\"00000000000000000000000000000000\""))));
        return $"completed {(await s3.CompleteMultipartUploadAsync(request)).ETag.Trim('"')}";
    });

    public Task<string> AbortUploadAsync(int handle) => TellAsync(async () =>
    {
        var (bucket, key, id) = _uploads[handle];
        await s3.AbortMultipartUploadAsync(bucket, key, id);
        return "aborted";
    });

    public Task<string> ListPartsAsync(int handle) => TellAsync(async () =>
    {
        var (bucket, key, id) = _uploads[handle];
        var answer = await s3.ListPartsAsync(bucket, key, id);
        return "parts " + string.Join(' ',
            (answer.Parts ?? []).Select(p => $"{p.PartNumber}={p.ETag.Trim('"')}:{p.Size}"));
    });

    private static async Task<string> TellAsync(Func<Task<string>> operation)
    {
        try
        {
            return await operation();
        }
        catch (AmazonS3Exception error) when ((int)error.StatusCode is >= 400 and < 500)
        {
            return error.StatusCode == HttpStatusCode.NotFound && string.IsNullOrEmpty(error.ErrorCode)
                ? "NotFound"
                : error.ErrorCode;
        }
    }

    private static string Page(List<S3Object>? objects, List<string>? prefixes) => string.Join(' ',
        (objects ?? []).Select(o => $"{o.Key}={o.ETag.Trim('"')}:{o.Size}")
            .Concat((prefixes ?? []).Select(p => $"[{p}]")));

    private async Task<List<string>> ListV2Async(
        string bucket, string prefix, string? delimiter, string? after, int pageSize)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = bucket,
            Prefix = prefix,
            Delimiter = delimiter,
            StartAfter = after,
            MaxKeys = pageSize,
        };
        var pages = new List<string>();
        while (true)
        {
            var page = await s3.ListObjectsV2Async(request);
            pages.Add(Page(page.S3Objects, page.CommonPrefixes));
            if (page.IsTruncated != true)
                return pages;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    private async Task<List<string>> ListV1Async(
        string bucket, string prefix, string? delimiter, string? after, int pageSize)
    {
        var request = new ListObjectsRequest
        {
            BucketName = bucket,
            Prefix = prefix,
            Delimiter = delimiter,
            Marker = after,
            MaxKeys = pageSize,
        };
        var pages = new List<string>();
        while (true)
        {
            var page = await s3.ListObjectsAsync(request);
            pages.Add(Page(page.S3Objects, page.CommonPrefixes));
            if (page.IsTruncated != true)
                return pages;
            // Without a delimiter S3 gives no NextMarker: the last key is the marker.
            request.Marker = string.IsNullOrEmpty(page.NextMarker) ? page.S3Objects[^1].Key : page.NextMarker;
        }
    }
}
