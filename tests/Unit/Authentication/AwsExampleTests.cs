using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Authentication;

/// <summary>The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html</summary>
public class AwsExampleTests
{
    private const string Empty = RequestSigner.EmptySha256;

    [Fact]
    public void Get_object_with_a_range() =>
        Verify(Request("GET", "/test.txt", "",
            ("Range", "bytes=0-9"),
            ("x-amz-content-sha256", Empty),
            ("Authorization", Authorization(
                "host;range;x-amz-content-sha256;x-amz-date",
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"))));

    [Fact]
    public void Put_object_with_a_date_header_and_an_escaped_dollar()
    {
        var request = Request("PUT", "/test%24file.text", "",
            ("Date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ("x-amz-content-sha256", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"),
            ("Authorization", Authorization(
                "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")));
        Verify(request);
        Verify(request with { RawPath = "/test$file.text" });
    }

    [Fact]
    public void Get_bucket_lifecycle() =>
        Verify(Request("GET", "/", "lifecycle",
            ("x-amz-content-sha256", Empty),
            ("Authorization", Authorization(
                "host;x-amz-content-sha256;x-amz-date",
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"))));

    [Fact]
    public void List_objects() =>
        Verify(Request("GET", "/", "max-keys=2&prefix=J",
            ("x-amz-content-sha256", Empty),
            ("Authorization", Authorization(
                "host;x-amz-content-sha256;x-amz-date",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"))));

    [Fact]
    public void Presigned_get_object()
    {
        var request = new SignedRequest("GET", "/test.txt",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2F" +
            "aws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
            "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            new HeaderDictionary { ["Host"] = "examplebucket.s3.amazonaws.com" }, RequestSigner.Now.AddHours(23));
        Verify(request);
        Should.Throw<S3Exception>(() => Verify(request with { RawPath = "/test2.txt" }))
            .Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
    }

    [Fact]
    public void A_mismatch_tells_what_the_server_signed()
    {
        var request = Request("GET", "/", "max-keys=2&prefix=K",
            ("x-amz-content-sha256", Empty),
            ("Authorization", Authorization(
                "host;x-amz-content-sha256;x-amz-date",
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")));
        var thrown = Should.Throw<S3Exception>(() => Verify(request));
        thrown.Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
        thrown.Details.Select(d => d.Name).ShouldBe(
        [
            "AWSAccessKeyId", "StringToSign", "SignatureProvided", "StringToSignBytes", "CanonicalRequest",
            "CanonicalRequestBytes",
        ]);
        thrown.Details[1].Value.ShouldStartWith("AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/");
        thrown.Details[3].Value.ShouldStartWith("41 57 53 34 ");
        thrown.Details[4].Value.ShouldStartWith("GET\n/\nmax-keys=2&prefix=K\nhost:examplebucket.s3.amazonaws.com\n");
    }

    private static SignedRequest Request(
        string method, string path, string query, params (string Name, string Value)[] headers)
    {
        var dictionary = new HeaderDictionary
        {
            ["Host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-date"] = "20130524T000000Z",
        };
        foreach (var (name, value) in headers)
            dictionary[name] = value;
        return new SignedRequest(method, path, query, dictionary, RequestSigner.Now);
    }

    private static string Authorization(string signedHeaders, string signature) =>
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request," +
        $"SignedHeaders={signedHeaders},Signature={signature}";

    private static void Verify(SignedRequest request)
    {
        var claim = ClaimParser.Parse(request, RequestSigner.Region).ShouldBeOfType<Claim.SignedV4>();
        claim.AccessKey.ShouldBe(RequestSigner.AccessKey);
        SignatureVerifier.Verify(claim, request, RequestSigner.Secret).SeedSignature.ShouldBe(claim.Signature);
    }
}
