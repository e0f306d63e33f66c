using System.Security.Cryptography;
using System.Text;

namespace CasStore.Tests.Integration.Harness;

/// <summary>An S3 request as it goes over the wire; every property can be set to something wrong.</summary>
internal sealed record RawRequest(string Method, string Target)
{
    /// <summary>Null sends the request unsigned.</summary>
    public Credentials? Who { get; init; } = ServerProcess.Root;

    public byte[] Body { get; init; } = [];

    /// <summary>Text of the body, as UTF-8.</summary>
    public string Text
    {
        init => Body = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Headers beside host, date, payload hash and authorization; they are signed.</summary>
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Value of x-amz-content-sha256; the body's hash by default.</summary>
    public string? PayloadHash { get; init; }

    public DateTime Now { get; init; } = DateTime.UtcNow;

    public string Region { get; init; } = ServerProcess.Region;

    /// <summary>Cuts the body in signed chunks (STREAMING-AWS4-HMAC-SHA256-PAYLOAD) when above 0.</summary>
    public int ChunkSize { get; init; }

    /// <summary>Changes the headers after signing.</summary>
    public Action<Dictionary<string, string>>? AfterSigning { get; init; }

    /// <summary>Headers with the signature, and the body to send.</summary>
    public (Dictionary<string, string> Headers, byte[] Body) Sign(string host)
    {
        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase) { ["Host"] = host };
        var body = Body;
        if (Who is not null)
        {
            var hash = PayloadHash
                ?? (ChunkSize > 0
                    ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
                    : Convert.ToHexStringLower(SHA256.HashData(Body)));
            headers["x-amz-content-sha256"] = hash;
            headers["x-amz-date"] = SignatureV4.Timestamp(Now);
            if (ChunkSize > 0)
            {
                headers["x-amz-decoded-content-length"] = $"{Body.Length}";
                headers["content-encoding"] = "aws-chunked";
            }
            var (authorization, seed) = SignatureV4.SignHeader(Who, Method, Target, headers, hash, Now, Region);
            headers["Authorization"] = authorization;
            if (ChunkSize > 0)
                body = SignatureV4.ChunkedBody(Who, Body, ChunkSize, seed, Now, Region);
        }
        AfterSigning?.Invoke(headers);
        return (headers, body);
    }
}
