using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CasStore.Api.S3.Authentication;

/// <summary>Derived signing keys; a key serves one access key for a day, so it is worth keeping.</summary>
internal static class SigningKeys
{
    private const int Capacity = 4096;
    private static readonly ConcurrentDictionary<(string AccessKey, string Date, string Region), Entry> s_entries =
        new();

    public static byte[] For(Claim.SignedV4 claim, string secret)
    {
        var secretHash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        var id = (claim.AccessKey, claim.Date, claim.Region);
        if (s_entries.TryGetValue(id, out var entry) &&
            CryptographicOperations.FixedTimeEquals(entry.SecretHash, secretHash))
        {
            return entry.Key;
        }

        var key = Derive(claim, secret);
        if (s_entries.Count >= Capacity)
            s_entries.Clear();
        s_entries[id] = new Entry(secretHash, key);
        return key;
    }

    private static byte[] Derive(Claim.SignedV4 claim, string secret)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(claim.Date));
        key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(claim.Region));
        key = HMACSHA256.HashData(key, "s3"u8);
        return HMACSHA256.HashData(key, "aws4_request"u8);
    }

    private sealed record Entry(byte[] SecretHash, byte[] Key);
}
