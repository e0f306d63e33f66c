using System.Security.Cryptography;
using System.Text;
using CasStore.Api.S3.Authentication;
using CasStore.Tests.Unit.Authentication;

namespace CasStore.Tests.Unit.Bodies;

/// <summary>Builds bodies in the aws-chunked encoding as a client does.</summary>
internal static class ChunkedBody
{
    public const string Signed = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    public const string SignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    public const string UnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private const string CredentialScope = "20130524/us-east-1/s3/aws4_request";
    private const string Timestamp = "20130524T000000Z";

    public static SigningScope Scope(string seed) =>
        new(seed, RequestSigner.SigningKey("20130524"), CredentialScope, Timestamp);

    public static SigningScope AnyScope { get; } = Scope(new string('5', 64));

    /// <summary>Encodes data in chunks; a scope signs them, a trailer follows them.</summary>
    public static byte[] Encode(
        byte[] data, IEnumerable<int> sizes, SigningScope? scope = null, (string Name, string Value)? trailer = null)
    {
        using var body = new MemoryStream();
        var previous = scope?.SeedSignature;
        var at = 0;
        foreach (var size in sizes.Append(0))
        {
            var chunk = data.AsSpan(at, size);
            at += size;
            var extension = "";
            if (scope is not null)
            {
                previous = Sign("PAYLOAD", previous!, RequestSigner.EmptySha256 + "\n", chunk);
                extension = ";chunk-signature=" + previous;
            }

            Write(body, $"{size:x}{extension}\r\n");
            body.Write(chunk);
            if (size > 0)
                Write(body, "\r\n");
        }

        at.ShouldBe(data.Length);
        if (trailer is var (name, value))
        {
            Write(body, $"{name}:{value}\r\n");
            if (scope is not null)
            {
                var signature = Sign("TRAILER", previous!, "", Encoding.ASCII.GetBytes($"{name}:{value}\n"));
                Write(body, $"x-amz-trailer-signature:{signature}\r\n");
            }
        }

        Write(body, "\r\n");
        return body.ToArray();
    }

    private static string Sign(string kind, string previous, string headers, ReadOnlySpan<byte> data) =>
        RequestSigner.Hex(RequestSigner.Hmac(
            RequestSigner.SigningKey("20130524"),
            $"AWS4-HMAC-SHA256-{kind}\n{Timestamp}\n{CredentialScope}\n{previous}\n{headers}" +
            RequestSigner.Hex(SHA256.HashData(data))));

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.ASCII.GetBytes(text));
}
