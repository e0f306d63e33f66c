using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CasStore.Bench.Http;

/// <summary>Signature version 4 in headers, for paths that need no escapes and queries in order.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal sealed class Signer
{
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string SignedHeaders = "host;x-amz-content-sha256;x-amz-date";
    private Day _day;

    public Signer(string accessKey, string secretKey, string region = "us-east-1")
    {
        AccessKey = accessKey;
        SecretKey = secretKey;
        Region = region;
        _day = NewDay(DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
    }

    public string AccessKey { get; }

    public string SecretKey { get; }

    public string Region { get; }

    /// <summary>A request's head, signed now, up to the empty line.</summary>
    /// <param name="method">Such as PUT.</param>
    /// <param name="target">The path, with its query if it has one.</param>
    /// <param name="host">As in the header Host.</param>
    /// <param name="contentLength">Of the body; told for PUT and POST.</param>
    /// <param name="payload">The body's SHA-256 in hexadecimal, or <see cref="UnsignedPayload"/>.</param>
    public byte[] Head(
        string method, string target, string host, long contentLength, string payload = UnsignedPayload) =>
        Head(method, target, host, contentLength, payload, DateTime.UtcNow);

    public byte[] Head(
        string method, string target, string host, long contentLength, string payload, DateTime at)
    {
        var time = at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = _day;
        if (!time.StartsWith(day.Date, StringComparison.Ordinal))
            _day = day = NewDay(time[..8]);
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], CanonicalQuery(target[(mark + 1)..]));
        var request = $"{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{payload}\nx-amz-date:{time}\n\n" +
            $"{SignedHeaders}\n{payload}";
        var scope = $"{day.Date}/{Region}/s3/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.ASCII.GetBytes(request)))}";
        var signature = Hex(HMACSHA256.HashData(day.SigningKey, Encoding.ASCII.GetBytes(toSign)));
        var length = method is "PUT" or "POST"
            ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {contentLength}\r\n")
            : "";
        return Encoding.ASCII.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{length}x-amz-date: {time}\r\n" +
            $"x-amz-content-sha256: {payload}\r\nAuthorization: AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}," +
            $"SignedHeaders={SignedHeaders},Signature={signature}\r\n\r\n");
    }

    // A parameter without a value is signed with an empty one.
    private static string CanonicalQuery(string query) => string.Join('&', query.Split('&')
        .Select(parameter => parameter.Contains('=', StringComparison.Ordinal) ? parameter : parameter + "="));

    private Day NewDay(string date)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + SecretKey);
        foreach (var part in new[] { date, Region, "s3", "aws4_request" })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return new Day(date, key);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A signing key is valid for the requests of one day.</summary>
    private sealed record Day(string Date, byte[] SigningKey);
}
