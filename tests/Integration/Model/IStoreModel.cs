namespace CasStore.Tests.Integration.Model;

/// <summary>
/// The operations that the model test compares. Each answers in words: the S3 error code, or what a client sees.
/// Alternatives that S3 leaves open are separated by <c>|</c>.
/// </summary>
internal interface IStoreModel
{
    Task<string> CreateBucketAsync(string bucket);

    Task<string> DeleteBucketAsync(string bucket);

    /// <summary>Conditions: null, <c>if-none-match</c> (any object) or an ETag for If-Match.</summary>
    Task<string> PutAsync(string bucket, string key, byte[] content, string metadata, string? condition);

    Task<string> GetAsync(string bucket, string key, long? from, long? to);

    Task<string> HeadAsync(string bucket, string key);

    Task<string> DeleteAsync(string bucket, string key);

    Task<string> DeleteManyAsync(string bucket, IReadOnlyList<string> keys);

    Task<string> CopyAsync(string bucket, string key, string toBucket, string toKey);

    /// <summary>All pages; version 1 or 2.</summary>
    Task<string> ListAsync(int version, string bucket, string prefix, string? delimiter, string? after, int pageSize);

    /// <summary>Starts the upload that is called <paramref name="handle"/> from then on.</summary>
    Task<string> StartUploadAsync(int handle, string bucket, string key);

    Task<string> UploadPartAsync(int handle, int number, byte[] content);

    /// <summary>Completes with the parts that <see cref="UploadPartAsync"/> put, of those numbers.</summary>
    Task<string> CompleteUploadAsync(int handle, IReadOnlyList<int> numbers);

    Task<string> AbortUploadAsync(int handle);

    Task<string> ListPartsAsync(int handle);
}
