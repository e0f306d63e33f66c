using System.Text;
using CasStore.Bench.Http;

namespace CasStore.Tests.Unit.Bench;

/// <summary>The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</summary>
public sealed class SignerTests
{
    private const string Host = "examplebucket.s3.amazonaws.com";
    private static readonly DateTime Time = new(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc);
    private readonly Signer _signer = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    [Theory]
    [InlineData("/?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("/?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Signs_as_AWS_documents(string target, string signature) =>
        Head("GET", target, 0).ShouldBe([
            $"GET {target} HTTP/1.1",
            $"Host: {Host}",
            "x-amz-date: 20130524T000000Z",
            $"x-amz-content-sha256: {Signer.EmptyPayload}",
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
            $"SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature={signature}",
            "",
            "",
        ]);

    [Fact]
    public void Tells_the_length_of_a_body_that_is_sent() =>
        Head("PUT", "/bucket/key", 4096)[2].ShouldBe("Content-Length: 4096");

    private string[] Head(string method, string target, long length) => Encoding.ASCII
        .GetString(_signer.Head(method, target, Host, length, Signer.EmptyPayload, Time)).Split("\r\n");
}
