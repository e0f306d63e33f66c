using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CasStore.Bench.Http;

/// <summary>Signature version 4 in headers, the payload unsigned, for paths without escapes.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</remarks>
internal sealed class Signer
{
    private const string Region = "us-east-1", Payload = "UNSIGNED-PAYLOAD";
    private const string SignedHeaders = "host;x-amz-content-sha256;x-amz-date";
    private Day _day;

    public Signer(string accessKey, string secretKey)
    {
        AccessKey = accessKey;
        SecretKey = secretKey;
        _day = NewDay(Timestamp()[..8]);
    }

    public string AccessKey { get; }

    public string SecretKey { get; }

    /// <summary>A request's head, signed, up to the empty line.</summary>
    public byte[] Head(string method, string path, string host, long contentLength)
    {
        var time = Timestamp();
        var day = _day;
        if (!time.StartsWith(day.Date, StringComparison.Ordinal))
            _day = day = NewDay(time[..8]);
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var (target, parameters) = query < 0 ? (path, "") : (path[..query], path[(query + 1)..]);
        var request = $"{method}\n{target}\n{parameters}\n" +
            $"host:{host}\nx-amz-content-sha256:{Payload}\nx-amz-date:{time}\n\n" +
            $"{SignedHeaders}\n{Payload}";
        var scope = $"{day.Date}/{Region}/s3/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.ASCII.GetBytes(request)))}";
        var signature = Hex(HMACSHA256.HashData(day.SigningKey, Encoding.ASCII.GetBytes(toSign)));
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {contentLength}\r\nx-amz-date: {time}\r\n" +
            $"x-amz-content-sha256: {Payload}\r\nAuthorization: AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}," +
            $"SignedHeaders={SignedHeaders},Signature={signature}\r\n\r\n"));
    }

    private static string Timestamp() =>
        DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

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
