using System.Globalization;

namespace CasStore.Events.Log;

/// <summary>Names of streams: one per bucket, object key, upload and access identity. Stored; never change.</summary>
public static class StreamName
{
    public static string Bucket(long bucketId) => string.Create(CultureInfo.InvariantCulture, $"bucket/{bucketId}");

    /// <summary>A key's. Whatever gives the key a state is in it: where it begins there was none.</summary>
    public static string Object(long bucketId, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"object/{bucketId}/{key}");

    public static string Upload(string uploadId) => $"upload/{uploadId}";

    public static string User(string userId) => $"user/{userId}";

    public static string AccessKey(string accessKey) => $"key/{accessKey}";
}
