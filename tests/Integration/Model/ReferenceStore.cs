using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Model;

/// <summary>S3's semantics in memory, as plain as can be.</summary>
internal sealed class ReferenceStore : IStoreModel
{
    private const int MinimumPart = 5 * 1024 * 1024;
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Upload> _uploads = [];

    public IEnumerable<string> Buckets => _buckets.Keys;

    public Task<string> CreateBucketAsync(string bucket) =>
        Say(_buckets.TryAdd(bucket, new Bucket()) ? "created" : "BucketAlreadyOwnedByYou");

    public Task<string> DeleteBucketAsync(string bucket)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return Say("NoSuchBucket");
        if (found.Objects.Count > 0)
            return Say("BucketNotEmpty");
        _buckets.Remove(bucket);
        return Say("deleted");
    }

    public Task<string> PutAsync(string bucket, string key, byte[] content, string metadata, string? condition)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return Say("NoSuchBucket");
        var current = found.Objects.GetValueOrDefault(key);
        if (condition == "if-none-match" && current is not null)
            return Say("PreconditionFailed");
        if (condition is not null and not "if-none-match")
        {
            if (current is null)
                return Say("NoSuchKey");
            if (current.ETag != condition)
                return Say("PreconditionFailed");
        }
        var stored = new Content(content, TestData.Md5(content), metadata);
        found.Objects[key] = stored;
        return Say($"put {stored.ETag}");
    }

    public Task<string> GetAsync(string bucket, string key, long? from, long? to)
    {
        if (Find(bucket, key) is not { Content: { } content } result)
            return Say(Find(bucket, key).Error!);
        if (from is null)
            return Say($"got {Describe(result.Content)} {TestData.Md5(content.Bytes)}");
        if (from >= content.Bytes.Length)
            return Say("InvalidRange");
        var end = Math.Min(to!.Value, content.Bytes.Length - 1);
        return Say($"got {from}-{end} {TestData.Md5(content.Bytes.AsSpan((int)from, (int)(end - from + 1)))}");
    }

    public Task<string> HeadAsync(string bucket, string key) =>
        Say(Find(bucket, key) is { Content: { } content } ? $"head {Describe(content)}" : "NotFound");

    public Task<string> DeleteAsync(string bucket, string key)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return Say("NoSuchBucket");
        found.Objects.Remove(key);
        return Say("deleted");
    }

    public Task<string> DeleteManyAsync(string bucket, IReadOnlyList<string> keys)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return Say("NoSuchBucket");
        foreach (var key in keys)
            found.Objects.Remove(key);
        return Say($"deleted {string.Join(',', keys.Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance))}");
    }

    public Task<string> CopyAsync(string bucket, string key, string toBucket, string toKey)
    {
        var source = Find(bucket, key);
        if (!_buckets.TryGetValue(toBucket, out var target))
            return Say(source.Error is { } error ? $"{error}|NoSuchBucket" : "NoSuchBucket");
        if (bucket == toBucket && key == toKey)
            return Say(source.Error is { } missing ? $"{missing}|InvalidRequest" : "InvalidRequest");
        if (source.Content is not { } content)
            return Say(source.Error!);
        // The copy names the same bytes and keeps their ETag; S3 computes that of a multipart object anew.
        target.Objects[toKey] = content;
        return Say($"copied {content.ETag}");
    }

    public Task<string> ListAsync(
        int version, string bucket, string prefix, string? delimiter, string? after, int pageSize)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return Say("NoSuchBucket");
        var entries = found.Objects
            .Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Where(o => string.IsNullOrEmpty(after) || Utf8Order.Instance.Compare(o.Key, after) > 0)
            .Select(o => Roll(o.Key, prefix, delimiter) is { } rolled
                ? $"[{rolled}]"
                : $"{o.Key}={o.Value.ETag}:{o.Value.Bytes.Length}")
            .Distinct(StringComparer.Ordinal)
            .Chunk(pageSize);
        var pages = string.Join(" // ", entries.Select(page => string.Join(' ',
            page.Where(e => !IsRolled(e)).Concat(page.Where(IsRolled)))));
        return Say($"listed {pages}");
    }

    public Task<string> StartUploadAsync(int handle, string bucket, string key)
    {
        var exists = _buckets.TryGetValue(bucket, out var found);
        _uploads[handle] = new Upload(bucket, found ?? new Bucket(), key) { Ended = !exists };
        return Say(exists ? "started" : "NoSuchBucket");
    }

    public Task<string> UploadPartAsync(int handle, int number, byte[] content)
    {
        if (WhyNot(handle) is { } error)
            return Say(error);
        _uploads[handle].Parts[number] = content;
        return Say($"part {TestData.Md5(content)}");
    }

    public Task<string> CompleteUploadAsync(int handle, IReadOnlyList<int> numbers)
    {
        if (WhyNot(handle) is { } error)
            return Say(error);
        var upload = _uploads[handle];
        if (numbers.Any(n => !upload.Parts.ContainsKey(n)))
            return Say("InvalidPart");
        if (!numbers.SequenceEqual(numbers.Distinct().Order()))
            return Say("InvalidPartOrder");
        var parts = numbers.Select(n => upload.Parts[n]).ToArray();
        if (parts[..^1].Any(p => p.Length < MinimumPart))
            return Say("EntityTooSmall");
        var content = new Content([.. parts.SelectMany(p => p)], TestData.MultipartETag(parts), "");
        upload.Bucket.Objects[upload.Key] = content;
        upload.Ended = true;
        return Say($"completed {content.ETag}");
    }

    public Task<string> AbortUploadAsync(int handle)
    {
        if (WhyNot(handle) is { } error)
            return Say(error);
        _uploads[handle].Ended = true;
        return Say("aborted");
    }

    public Task<string> ListPartsAsync(int handle) => Say(WhyNot(handle) ?? "parts " + string.Join(' ',
        _uploads[handle].Parts.OrderBy(p => p.Key).Select(p => $"{p.Key}={TestData.Md5(p.Value)}:{p.Value.Length}")));

    /// <summary>Whether the upload is over, so that what completing it again means is the server's choice.</summary>
    public bool HasEnded(int handle) => !_uploads.TryGetValue(handle, out var upload) || upload.Ended;

    private static string? Roll(string key, string prefix, string? delimiter) =>
        delimiter is not null && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at
            ? key[..(at + delimiter.Length)]
            : null;

    private static bool IsRolled(string entry) => entry is ['[', .., ']'];

    private static string Describe(Content content) => $"{content.Bytes.Length} {content.ETag} '{content.Metadata}'";

    private static Task<string> Say(string outcome) => Task.FromResult(outcome);

    private (Content? Content, string? Error) Find(string bucket, string key)
    {
        if (!_buckets.TryGetValue(bucket, out var found))
            return (null, "NoSuchBucket");
        return found.Objects.TryGetValue(key, out var content) ? (content, null) : (null, "NoSuchKey");
    }

    private string? WhyNot(int handle)
    {
        var upload = _uploads[handle];
        if (!_buckets.TryGetValue(upload.BucketName, out var bucket))
            return "NoSuchBucket";
        return upload.Ended || bucket != upload.Bucket ? "NoSuchUpload" : null;
    }

    private sealed class Bucket
    {
        public SortedDictionary<string, Content> Objects { get; } = new(Utf8Order.Instance);
    }

    private sealed record Content(byte[] Bytes, string ETag, string Metadata);

    private sealed class Upload(string bucketName, Bucket bucket, string key)
    {
        public string BucketName { get; } = bucketName;
        public Bucket Bucket { get; } = bucket;
        public string Key { get; } = key;
        public SortedDictionary<int, byte[]> Parts { get; } = [];
        public bool Ended { get; set; }
    }
}
