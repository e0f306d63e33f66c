using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Primitives;

namespace CasStore.Tests.Unit.Authentication;

public class SignatureVerifierTests
{
    private static readonly Gen<string> s_text = Gen.Elements(
            "a", "Z", "0", " ", "+", "%", "&", "=", "/", "//", "..", "?", "#", "~", "*", "'", "é", "日", "😀", "%2F")
        .ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void Any_path_and_query_verifies()
    {
        var request =
            from path in s_text
            from query in s_text.Zip(s_text, (name, value) => (Name: name, Value: value)).ListOf()
            select new RequestSigner
            {
                Path = "/" + path,
                Query = [.. query.Where(p => p.Name.Length > 0)],
            };
        Prop.ForAll(request.ToArbitrary(), signer =>
        {
            Verify(signer.SignHeader());
            Verify(signer.Presign(60));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Clients_may_escape_as_they_like()
    {
        var request = new RequestSigner { Path = "/a b/$é~*", Query = [("prefix", "x y*z")] }.SignHeader();
        Verify(request);
        Verify(request with { RawPath = "/a%20b/$%c3%a9%7e*", RawQuery = "prefix=x+y*z" });
        Verify(request with { RawPath = "/%61%20b/%24%C3%A9~%2a", RawQuery = "&%70refix=x%20y%2az&" });
        Rejects(request with { RawPath = "/a+b/$%c3%a9%7e*" });
    }

    [Fact]
    public void Any_changed_character_of_the_target_is_noticed()
    {
        var request = new RequestSigner { Path = "/bucket/some/key", Query = [("uploadId", "a"), ("partNumber", "1")] }
            .SignHeader();
        Verify(request);
        for (var i = 1; i < request.RawPath.Length; i++)
            Rejects(request with { RawPath = Changed(request.RawPath, i) });
        for (var i = 0; i < request.RawQuery.Length; i++)
            Rejects(request with { RawQuery = Changed(request.RawQuery, i) });
        Rejects(request with { Method = "PUT" });
        Rejects(request with { RawQuery = request.RawQuery + "&acl" });
        Rejects(request with { RawQuery = "" });
    }

    [Fact]
    public void Any_changed_character_of_the_signature_is_noticed()
    {
        var request = new RequestSigner().SignHeader();
        var claim = (Claim.SignedV4)ClaimParser.Parse(request, RequestSigner.Region);
        for (var i = 0; i < claim.Signature.Length; i++)
            Rejects(claim with { Signature = Changed(claim.Signature, i) }, request);
        Rejects(claim with { Signature = claim.Signature[..63] }, request);
        Rejects(claim with { Signature = claim.Signature + "0" }, request);
        Rejects(claim with { Signature = claim.Signature.ToUpperInvariant() }, request);
        Rejects(claim with { Signature = "" }, request);
    }

    [Fact]
    public void Every_signed_header_counts()
    {
        foreach (var (name, value) in new RequestSigner { Headers = { ["range"] = "bytes=0-9" } }.SignHeader().Headers)
        {
            if (name is "authorization" or "x-amz-date")
                continue;
            var request = new RequestSigner { Headers = { ["range"] = "bytes=0-9" } }.SignHeader();
            var claim = (Claim.SignedV4)ClaimParser.Parse(request, RequestSigner.Region);
            if (name == "x-amz-content-sha256")
                claim = claim with { PayloadHash = "UNSIGNED-PAYLOAD" };
            else
                request.Headers[name] = value + "1";
            Rejects(claim, request);
        }
    }

    [Fact]
    public void Spaces_in_headers_are_trimmed_and_collapsed()
    {
        var request = new RequestSigner { Headers = { ["x-amz-meta-a"] = "one two three" } }.SignHeader();
        request.Headers["x-amz-meta-a"] = "  one   two  three\t ";
        Verify(request);
    }

    [Fact]
    public void Repeated_headers_are_joined()
    {
        var request = new RequestSigner { Headers = { ["x-amz-meta-a"] = "one,two" } }.SignHeader();
        request.Headers["x-amz-meta-a"] = new StringValues([" one ", "two"]);
        Verify(request);
    }

    [Fact]
    public void A_dropped_expect_header_counts_as_sent()
    {
        var request = new RequestSigner { Headers = { ["expect"] = "100-continue" } }.SignHeader();
        request.Headers.Remove("expect");
        Verify(request);
    }

    [Fact]
    public void A_changed_secret_takes_effect_at_once()
    {
        var request = new RequestSigner().SignHeader();
        var claim = (Claim.SignedV4)ClaimParser.Parse(request, RequestSigner.Region);
        SignatureVerifier.Verify(claim, request, RequestSigner.Secret);
        Should.Throw<S3Exception>(() => SignatureVerifier.Verify(claim, request, "another"))
            .Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
        SignatureVerifier.Verify(claim, request, RequestSigner.Secret);
    }

    [Fact]
    public void The_scope_holds_what_chunks_are_signed_with()
    {
        var request = new RequestSigner().SignHeader();
        var scope = Verify(request);
        scope.SigningKey.ToArray().ShouldBe(RequestSigner.SigningKey("20130524"));
        scope.Scope.ShouldBe("20130524/us-east-1/s3/aws4_request");
        scope.Timestamp.ShouldBe("20130524T000000Z");
    }

    private static SigningScope Verify(SignedRequest request) => SignatureVerifier.Verify(
        (Claim.SignedV4)ClaimParser.Parse(request, RequestSigner.Region), request, RequestSigner.Secret);

    private static void Rejects(SignedRequest request) =>
        Rejects((Claim.SignedV4)ClaimParser.Parse(request, RequestSigner.Region), request);

    private static void Rejects(Claim.SignedV4 claim, SignedRequest request) =>
        Should.Throw<S3Exception>(() => SignatureVerifier.Verify(claim, request, RequestSigner.Secret))
            .Error.ShouldBe(S3Errors.SignatureDoesNotMatch);

    private static string Changed(string text, int at) =>
        string.Concat(text.AsSpan(0, at), text[at] == 'b' ? "c" : "b", text.AsSpan(at + 1));
}
