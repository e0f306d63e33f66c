using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using CasStore.Api.S3.Authentication;
using Microsoft.AspNetCore.Http;

namespace CasStore.Micro;

/// <summary>Signature version 4 of a PUT as the AWS SDKs send it.</summary>
public class SignatureBenchmarks
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Region = "us-east-1";
    private const string Time = "20261121T093000Z", Scope = "20261121/us-east-1/s3/aws4_request";
    private const string Path = "/photos/2026/11/000000001.jpg";
    private const string SignedHeaders = "content-type;host;x-amz-checksum-crc64nvme;x-amz-content-sha256;x-amz-date";

    private readonly SignedRequest _request = Sign();

    [Benchmark]
    public object Parse() => ClaimParser.Parse(_request, Region);

    [Benchmark]
    public object ParseAndVerify() => SignatureVerifier.Verify(
        (Claim.SignedV4)ClaimParser.Parse(_request, Region), _request, Secret);

    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    private static SignedRequest Sign()
    {
        var headers = new HeaderDictionary
        {
            ["content-type"] = "image/jpeg",
            ["host"] = "127.0.0.1:9000",
            ["x-amz-checksum-crc64nvme"] = "rosUhgp5mIg=",
            ["x-amz-content-sha256"] = Hash(new byte[4096]),
            ["x-amz-date"] = Time,
        };
        var lines = string.Concat(SignedHeaders.Split(';').Select(name => $"{name}:{headers[name]}\n"));
        var canonical = $"PUT\n{Path}\n\n{lines}\n{SignedHeaders}\n{headers["x-amz-content-sha256"]}";
        var key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (var part in Scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        var toSign = $"AWS4-HMAC-SHA256\n{Time}\n{Scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        headers["authorization"] = $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{Scope}, " +
            $"SignedHeaders={SignedHeaders}, Signature={signature}";
        var now = new DateTimeOffset(2026, 11, 21, 9, 30, 1, TimeSpan.Zero);
        return new SignedRequest("PUT", Path, "", headers, now);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
