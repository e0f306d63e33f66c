using System.Globalization;
using System.Security.Cryptography;
using CasStore.Bench.Http;
using CasStore.Bench.Targets;

namespace CasStore.Bench.Load;

/// <summary>Prepares requests of numbered objects below one prefix: signs them, on all processors.</summary>
internal sealed class RequestPlan(Target target, string bucket, ObjectContent content, bool unsignedPayload)
{
    public const int ListedKeys = 100;

    /// <summary>A PUT of a content as an object.</summary>
    public PreparedRequest Put(string prefix, int number, long contentNumber) =>
        PutTo(PathOf(prefix, number), contentNumber);

    /// <summary>A PUT of a content to a path that may have a query.</summary>
    public PreparedRequest PutTo(string path, long contentNumber)
    {
        var payload = unsignedPayload
            ? Signer.UnsignedPayload
            : content.Digest(HashAlgorithmName.SHA256, contentNumber);
        var head = target.Signer.Head("PUT", path, target.Host, content.Size, payload);
        return new PreparedRequest(Operation.Put, head, contentNumber, Expected: 0);
    }

    /// <summary>A GET that must bring this content; −1: any of the same length.</summary>
    public PreparedRequest Get(string prefix, int number, long contentNumber) =>
        new(Operation.Get, Bodiless("GET", PathOf(prefix, number)), contentNumber, content.Size);

    public PreparedRequest Head(string prefix, int number) =>
        new(Operation.Head, Bodiless("HEAD", PathOf(prefix, number)), Content: -1, content.Size);

    public PreparedRequest Delete(string prefix, int number) =>
        new(Operation.Delete, Bodiless("DELETE", PathOf(prefix, number)), Content: -1, Expected: 0);

    /// <summary>A page of the keys behind an object's, of so many below the prefix.</summary>
    public PreparedRequest List(string prefix, int behind, int count)
    {
        var query = $"list-type=2&max-keys={ListedKeys}&prefix={prefix}%2F&start-after={prefix}%2F{Key(behind)}";
        var expected = Math.Min(ListedKeys, count - 1 - behind);
        return new PreparedRequest(Operation.List, Bodiless("GET", $"/{bucket}?{query}"), Content: -1, expected);
    }

    /// <summary>Prepares many at once.</summary>
    public static PreparedRequest[] Many(int count, Func<int, PreparedRequest> prepare)
    {
        var requests = new PreparedRequest[count];
        Parallel.For(0, count, number => requests[number] = prepare(number));
        return requests;
    }

    public string PathOf(string prefix, int number) => $"/{bucket}/{prefix}/{Key(number)}";

    private static string Key(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    private byte[] Bodiless(string method, string path) =>
        target.Signer.Head(method, path, target.Host, 0, Signer.EmptyPayload);
}
