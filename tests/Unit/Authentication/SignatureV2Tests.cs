using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Authentication;

public class SignatureV2Tests
{
    [Theory]
    [InlineData("uploadId=a%2Fb%2Bc&partNumber=1", "?partNumber=1&uploadId=a/b+c")]
    [InlineData("versions&prefix=x&max-keys=3&delimiter=%2F", "?versions")]
    [InlineData("acl=", "?acl")]
    [InlineData("%61cl", "?acl")]
    [InlineData("response-content-type=text%2Fplain&response-content-disposition=a+b%26c&x-id=GetObject",
        "?response-content-disposition=a b&c&response-content-type=text/plain")]
    [InlineData("response-cache-control=c&response-expires=e&response-content-encoding=n&response-content-language=l",
        "?response-cache-control=c&response-content-encoding=n&response-content-language=l&response-expires=e")]
    [InlineData("versionId=2&versionId=1", "?versionId=2&versionId=1")]
    [InlineData("list-type=2&location&attributes", "?attributes&location")]
    public void Signs_what_selects_an_operation_or_overrides_the_response(string query, string signed)
    {
        var signer = new RequestSignerV2 { Query = query, Resource = "/bucket/key" + signed };
        Verify(signer.SignHeader());
        Verify(signer.Presign(60));
    }

    [Fact]
    public void Signs_the_path_as_it_was_sent() =>
        Verify(new RequestSignerV2 { Path = "/bucket/a%20b%2bc%25d//../%C3%A9" }.Presign(60));

    [Fact]
    public void The_path_of_a_bucket_may_be_signed_with_a_slash_that_is_not_sent()
    {
        Verify(new RequestSignerV2 { Path = "/bucket" }.SignHeader());
        Verify(new RequestSignerV2 { Path = "/bucket", Query = "acl", Resource = "/bucket/?acl" }.SignHeader());
        Mismatches(new RequestSignerV2 { Path = "/bucket/key", Resource = "/bucket/key/" }.SignHeader());
        Mismatches(new RequestSignerV2 { Path = "/key", Resource = "/bucket/key/" }.SignHeader() with
        {
            VirtualBucket = "bucket",
        });
    }

    [Fact]
    public void The_date_may_be_in_either_form()
    {
        Verify(Dated("20130524T001000Z"));
        Verify(Dated("Fri, 24 May 2013 00:10:00 GMT"));
        Verify(Dated("Fri, 24 May 2013 02:10:00 +0200"));
    }

    [Fact]
    public void A_body_may_be_protected_by_its_hash()
    {
        var request = new RequestSignerV2
        {
            Headers = { ["x-amz-content-sha256"] = RequestSigner.EmptySha256 },
        }.Presign(60);
        Verify(request).PayloadHash.ShouldBe(RequestSigner.EmptySha256);
        request.Headers["x-amz-content-sha256"] = "abc";
        Should.Throw<S3Exception>(() => Parse(request)).Error.ShouldBe(S3Errors.InvalidArgument);
    }

    [Fact]
    public void Rejects_whatever_was_changed_in_a_presigned_url()
    {
        var request = new RequestSignerV2
        {
            Headers = { ["content-type"] = "text/plain", ["content-md5"] = "x", ["x-amz-acl"] = "private" },
        }.Presign(60);
        Verify(request);
        Mismatches(request with { Method = "DELETE" });
        Mismatches(request with { RawPath = "/bucket/kez" });
        Mismatches(request with { RawPath = "/bucket/k%65y" });
        Mismatches(request with { VirtualBucket = "bucket" });
        var later = request.RawQuery.Replace("Expires=1", "Expires=2", StringComparison.Ordinal);
        Mismatches(request with { RawQuery = later });
        foreach (var added in new[] { "uploads", "versionId=1", "%61cl", "attributes", "response-expires=0" })
            Mismatches(request with { RawQuery = $"{added}&{request.RawQuery}" });
        foreach (var name in new[] { "content-type", "content-md5", "x-amz-acl", "x-amz-copy-source", "x-amz-date" })
        {
            var before = request.Headers[name];
            request.Headers[name] = "other";
            Mismatches(request);
            request.Headers[name] = before;
        }

        Verify(request);
    }

    [Fact]
    public void Rejects_values_of_one_name_in_another_order()
    {
        var request = new RequestSignerV2
        {
            Query = "versionId=2&versionId=1",
            Resource = "/bucket/key?versionId=2&versionId=1",
        }.Presign(60);
        var swapped = request.RawQuery.Replace(
            "versionId=2&versionId=1", "versionId=1&versionId=2", StringComparison.Ordinal);
        Mismatches(request with { RawQuery = swapped });
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("%3D%3D")]
    public void Rejects_a_signature_that_is_only_longer(string suffix)
    {
        var request = new RequestSignerV2().Presign(60);
        Verify(request);
        if (suffix.Length > 0)
            Mismatches(request with { RawQuery = request.RawQuery + suffix });
        else
            Mismatches(request with { RawQuery = request.RawQuery[..^3] });
    }

    [Fact]
    public void A_mismatch_tells_what_the_server_signed()
    {
        var request = new RequestSignerV2().Presign(60) with { Method = "PUT" };
        var claim = Parse(request);
        var thrown = Should.Throw<S3Exception>(
            () => SignatureVerifierV2.Verify(claim, request, RequestSigner.Secret));
        thrown.Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
        thrown.Details.Take(3).ShouldBe(
        [
            ("AWSAccessKeyId", RequestSigner.AccessKey),
            ("StringToSign", "PUT\n\n\n1369353660\n/bucket/key"),
            ("SignatureProvided", claim.Signature),
        ]);
        thrown.Details[3].Name.ShouldBe("StringToSignBytes");
        thrown.Details[3].Value.ShouldStartWith("50 55 54 0a ");
    }

    private static SignedRequest Dated(string amzDate) =>
        new RequestSignerV2 { Headers = { ["x-amz-date"] = amzDate } }.SignHeader();

    private static Claim.SignedV2 Parse(SignedRequest request) =>
        ClaimParser.Parse(request, RequestSigner.Region).ShouldBeOfType<Claim.SignedV2>();

    private static Claim.SignedV2 Verify(SignedRequest request)
    {
        var claim = Parse(request);
        SignatureVerifierV2.Verify(claim, request, RequestSigner.Secret);
        return claim;
    }

    private static void Mismatches(SignedRequest request) =>
        Should.Throw<S3Exception>(() => Verify(request)).Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
}
