using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CasStore.Api.S3.Authentication;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Authentication;

/// <summary>A client's side of Signature Version 4, written from the specification, nothing shared.</summary>
internal sealed class RequestSigner
{
    public const string AccessKey = "AKIAIOSFODNN7EXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    public const string Region = "us-east-1";
    public const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static readonly DateTimeOffset Now = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    public string Method { get; init; } = "GET";

    /// <summary>Decoded path.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Decoded parameters.</summary>
    public List<(string Name, string Value)> Query { get; init; } = [];

    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.Ordinal);

    public string PayloadHash { get; init; } = EmptySha256;

    public string Timestamp { get; init; } = Now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public string Scope => $"{Timestamp[..8]}/{Region}/s3/aws4_request";

    public SignedRequest SignHeader()
    {
        var headers = new SortedDictionary<string, string>(Headers, StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = PayloadHash,
            ["x-amz-date"] = Timestamp,
        };
        var query = CanonicalQuery(Query);
        var signature = Sign(query, headers);
        headers["authorization"] = $"AWS4-HMAC-SHA256 Credential={AccessKey}/{Scope}, " +
            $"SignedHeaders={string.Join(';', headers.Keys)}, Signature={signature}";
        return new SignedRequest(Method, Encode(Path, slash: true), query, Dictionary(headers), Now);
    }

    public SignedRequest Presign(int expires)
    {
        var headers = new SortedDictionary<string, string>(Headers, StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
        };
        List<(string, string)> parameters =
        [
            .. Query,
            ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
            ("X-Amz-Credential", $"{AccessKey}/{Scope}"),
            ("X-Amz-Date", Timestamp),
            ("X-Amz-Expires", expires.ToString(CultureInfo.InvariantCulture)),
            ("X-Amz-SignedHeaders", string.Join(';', headers.Keys)),
        ];
        var query = CanonicalQuery(parameters);
        var signature = Sign(query, headers, "UNSIGNED-PAYLOAD");
        return new SignedRequest(
            Method, Encode(Path, slash: true), $"{query}&X-Amz-Signature={signature}", Dictionary(headers), Now);
    }

    public static byte[] SigningKey(string date)
    {
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + Secret), date);
        foreach (var part in new[] { Region, "s3", "aws4_request" })
            key = Hmac(key, part);
        return key;
    }

    public static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    public static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    public static string Sha256(string text) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Encode(string text, bool slash)
    {
        const string unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
        var encoded = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (unreserved.Contains((char)value) || (slash && value == '/'))
                encoded.Append((char)value);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }

    private static string CanonicalQuery(IEnumerable<(string Name, string Value)> query) =>
        string.Join('&', query
            .Select(p => (Name: Encode(p.Name, slash: false), Value: Encode(p.Value, slash: false)))
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}"));

    private static HeaderDictionary Dictionary(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
            dictionary[name] = value;
        return dictionary;
    }

    private string Sign(string query, SortedDictionary<string, string> headers, string? payload = null)
    {
        var lines = string.Concat(headers.Select(h => $"{h.Key}:{h.Value}\n"));
        var canonical = $"{Method}\n{Encode(Path, slash: true)}\n{query}\n{lines}\n{string.Join(';', headers.Keys)}\n" +
            (payload ?? PayloadHash);
        var toSign = $"AWS4-HMAC-SHA256\n{Timestamp}\n{Scope}\n{Sha256(canonical)}";
        return Hex(Hmac(SigningKey(Timestamp[..8]), toSign));
    }
}
