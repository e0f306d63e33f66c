using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CasStore.Api.S3.Authentication;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Authentication;

/// <summary>A client's side of Signature Version 2; a test says how the string to sign ends.</summary>
internal sealed class RequestSignerV2
{
    public string Method { get; init; } = "GET";

    /// <summary>Encoded path.</summary>
    public string Path { get; init; } = "/bucket/key";

    /// <summary>Encoded query.</summary>
    public string Query { get; init; } = "";

    /// <summary>The canonicalised resource; the path when null.</summary>
    public string? Resource { get; init; }

    public SortedDictionary<string, string> Headers { get; init; } = new(StringComparer.Ordinal);

    public static DateTimeOffset Now => RequestSigner.Now;

    public SignedRequest SignHeader()
    {
        var date = Headers.ContainsKey("x-amz-date") ? "" : Now.ToString("r", CultureInfo.InvariantCulture);
        var request = Request(Query);
        if (date.Length > 0)
            request.Headers.Date = date;
        request.Headers.Authorization = $"AWS {RequestSigner.AccessKey}:{Sign(date)}";
        return request;
    }

    public SignedRequest Presign(int seconds)
    {
        var expires = Now.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Request($"{Query}&AWSAccessKeyId={RequestSigner.AccessKey}&Expires={expires}" +
            $"&Signature={Uri.EscapeDataString(Sign(expires))}");
    }

    private SignedRequest Request(string query)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in Headers)
            headers[name] = value;
        return new SignedRequest(Method, Path, query, headers, Now);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Signature Version 2 is defined on HMAC-SHA1.")]
    private string Sign(string date)
    {
        var amz = string.Concat(Headers
            .Where(h => h.Key.StartsWith("x-amz-", StringComparison.Ordinal))
            .Select(h => $"{h.Key}:{h.Value}\n"));
        var text = $"{Method}\n{Headers.GetValueOrDefault("content-md5")}\n" +
            $"{Headers.GetValueOrDefault("content-type")}\n{date}\n{amz}{Resource ?? Path}";
        return Convert.ToBase64String(
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(RequestSigner.Secret), Encoding.UTF8.GetBytes(text)));
    }
}
