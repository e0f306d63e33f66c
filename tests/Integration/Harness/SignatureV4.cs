using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>Signature version 4, written for the tests from AWS's documentation and apart from the server's.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html</remarks>
internal static class SignatureV4
{
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Hash of nothing.</summary>
    public static string EmptySha256 { get; } = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>What the Authorization header says; every given header is signed.</summary>
    public static (string Authorization, string Signature) SignHeader(
        Credentials who, string method, string target, IReadOnlyDictionary<string, string> headers, string payloadHash,
        DateTime now, string region = ServerProcess.Region)
    {
        var (names, request) = CanonicalRequest(method, target, headers, payloadHash);
        var signature = Sign(who, request, now, region);
        return ($"{Algorithm} Credential={who.AccessKey}/{Scope(now, region)}, SignedHeaders={names}, " +
            $"Signature={signature}", signature);
    }

    /// <summary>The target with the query parameters of a presigned URL.</summary>
    public static string Presign(
        Credentials who, string method, string target, string host, TimeSpan expires, DateTime now,
        string region = ServerProcess.Region)
    {
        var credential = Encode($"{who.AccessKey}/{Scope(now, region)}");
        var separator = target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var unsigned = $"{target}{separator}X-Amz-Algorithm={Algorithm}&X-Amz-Credential={credential}" +
            $"&X-Amz-Date={Timestamp(now)}&X-Amz-Expires={(long)expires.TotalSeconds}&X-Amz-SignedHeaders=host";
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["host"] = host };
        var (_, request) = CanonicalRequest(method, unsigned, headers, UnsignedPayload);
        return $"{unsigned}&X-Amz-Signature={Sign(who, request, now, region)}";
    }

    /// <summary>A body in chunks, each signed in a chain from the seed signature.</summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</remarks>
    public static byte[] ChunkedBody(
        Credentials who, ReadOnlySpan<byte> content, int chunkSize, string seed, DateTime now,
        string region = ServerProcess.Region)
    {
        var body = new MemoryStream();
        var previous = seed;
        var offset = 0;
        while (true)
        {
            var chunk = content.Slice(offset, Math.Min(chunkSize, content.Length - offset));
            var toSign = string.Join('\n', $"{Algorithm}-PAYLOAD", Timestamp(now), Scope(now, region), previous,
                EmptySha256, Convert.ToHexStringLower(SHA256.HashData(chunk)));
            previous = Hmac(SigningKey(who, now, region), toSign);
            body.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x};chunk-signature={previous}\r\n"));
            body.Write(chunk);
            body.Write("\r\n"u8);
            if (chunk.IsEmpty)
                return body.ToArray();
            offset += chunk.Length;
        }
    }

    public static string Timestamp(DateTime now) =>
        now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Percent-encodes all but the unreserved characters of RFC 3986.</summary>
    public static string Encode(string text, bool keepSlash = false) => Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    private static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash)
    {
        var encoded = new StringBuilder();
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~'
                || (keepSlash && b == '/'))
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }
        return encoded.ToString();
    }

    /// <summary>Encodes anew what may be encoded in another way, or be no UTF-8 at all.</summary>
    private static string Normalise(string encoded, bool keepSlash = false)
    {
        // WebUtility takes a plus sign for a space, as forms do; URIs do not.
        var bytes = Encoding.UTF8.GetBytes(encoded.Replace("+", "%2B", StringComparison.Ordinal));
        return Encode(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length), keepSlash);
    }

    private static (string Names, string Request) CanonicalRequest(
        string method, string target, IReadOnlyDictionary<string, string> headers, string payloadHash)
    {
        var (path, query) = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark
            ? (target[..mark], target[(mark + 1)..])
            : (target, "");
        var sorted = headers.Select(h => (Name: h.Key.ToLowerInvariant(), Value: h.Value.Trim()))
            .OrderBy(h => h.Name, StringComparer.Ordinal).ToList();
        var names = string.Join(';', sorted.Select(h => h.Name));
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p.Split('=', 2))
            .Select(p => (Name: Normalise(p[0]), Value: p.Length > 1 ? Normalise(p[1]) : ""))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        var request = new StringBuilder()
            .Append(method).Append('\n')
            .Append(Normalise(path, keepSlash: true)).Append('\n')
            .AppendJoin('&', parameters.Select(p => $"{p.Name}={p.Value}")).Append('\n');
        foreach (var (name, value) in sorted)
            request.Append(name).Append(':').Append(value).Append('\n');
        request.Append('\n').Append(names).Append('\n').Append(payloadHash);
        return (names, request.ToString());
    }

    private static string Sign(Credentials who, string canonicalRequest, DateTime now, string region)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)));
        var toSign = string.Join('\n', Algorithm, Timestamp(now), Scope(now, region), hash);
        return Hmac(SigningKey(who, now, region), toSign);
    }

    private static string Scope(DateTime now, string region) => $"{Timestamp(now)[..8]}/{region}/s3/aws4_request";

    private static byte[] SigningKey(Credentials who, DateTime now, string region)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + who.SecretKey);
        foreach (var part in new[] { Timestamp(now)[..8], region, "s3", "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Hmac(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
