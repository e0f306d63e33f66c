using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Authentication;

/// <summary>Signatures in the Authorization header.</summary>
public sealed class HeaderSignatureTests : StoreTests
{
    private static readonly RawRequest List = new("GET", "/");

    [Fact]
    public async Task Accepts_a_good_signature() => (await Raw.SendAsync(List)).ShouldBe(200);

    [Fact]
    public async Task Rejects_a_wrong_secret()
    {
        var answer = await Raw.SendAsync(List with { Who = ServerProcess.Root with { SecretKey = "wrong" } });
        answer.ShouldBeError(403, "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and " +
            "signing method.");
        answer.Text.ShouldNotContain(ServerProcess.Root.SecretKey);
    }

    [Fact]
    public async Task Rejects_an_unknown_access_key() =>
        (await Raw.SendAsync(List with { Who = new Credentials("AKNOBODY000000000000", "x") }))
            .ShouldBeError(403, "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.");

    [Theory]
    [InlineData(-16)]
    [InlineData(16)]
    public async Task Rejects_a_clock_that_is_off_by_more_than_15_minutes(int minutes) =>
        (await Raw.SendAsync(List with { Now = DateTime.UtcNow.AddMinutes(minutes) }))
            .ShouldBeError(403, "RequestTimeTooSkewed",
                "The difference between the request time and the current time is too large.");

    [Theory]
    [InlineData(-13)]
    [InlineData(13)]
    public async Task Accepts_a_clock_that_is_off_by_less(int minutes) =>
        (await Raw.SendAsync(List with { Now = DateTime.UtcNow.AddMinutes(minutes) })).ShouldBe(200);

    [Fact]
    public async Task Rejects_another_region() =>
        (await Raw.SendAsync(List with { Region = "eu-west-1" }))
            .ShouldBeError(400, "AuthorizationHeaderMalformed").Element("Region").ShouldBe("us-east-1");

    [Theory]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 Credential=x")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=d")]
    [InlineData("AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=d")]
    [InlineData("AWS4-HMAC-SHA256 Credential=k/today/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=d")]
    [InlineData("AWS4-HMAC-SHA256 ,,,,=,=")]
    public async Task Rejects_a_malformed_header(string authorization)
    {
        var answer = await Raw.SendAsync(List with { AfterSigning = h => h["Authorization"] = authorization });
        answer.Status.ShouldBeOneOf(400, 403);
        answer.Element("Code").ShouldBeOneOf(
            "AuthorizationHeaderMalformed", "InvalidArgument", "AccessDenied", "InvalidAccessKeyId");
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer token")]
    [InlineData("AWS key:signature")]
    [InlineData("nonsense")]
    public async Task Rejects_other_schemes(string authorization)
    {
        var answer = await Raw.SendAsync(List with { AfterSigning = h => h["Authorization"] = authorization });
        answer.Status.ShouldBeOneOf(400, 403);
        answer.Element("Code").ShouldBeOneOf("InvalidRequest", "InvalidArgument", "AccessDenied",
            "AuthorizationHeaderMalformed", "SignatureDoesNotMatch", "InvalidAccessKeyId");
    }

    [Fact]
    public async Task A_changed_header_breaks_the_signature()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Headers = new() { ["x-amz-meta-a"] = "signed" },
            AfterSigning = h => h["x-amz-meta-a"] = "changed",
        })).ShouldBeError(403, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task An_amz_header_must_be_signed()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            AfterSigning = h => h["x-amz-meta-added"] = "later",
        })).ShouldBeError(403, "AccessDenied", "There were headers present in the request which were not signed");
    }

    [Fact]
    public async Task A_changed_query_breaks_the_signature()
    {
        var bucket = await NewBucketAsync();
        using var connection = await Raw.BeginAsync(new RawRequest("GET", $"/{bucket}?list-type=2&prefix=a"));
        (await connection.ReadResponseAsync()).ShouldNotBeNull().ShouldBe(200);
        var signed = new RawRequest("GET", $"/{bucket}?list-type=2&prefix=a").Sign(Raw.Host).Headers;
        var replayed = new RawRequest("GET", $"/{bucket}?list-type=2&prefix=b")
        {
            Who = null,
            AfterSigning = h =>
            {
                foreach (var (name, value) in signed)
                    h[name] = value;
            },
        };
        (await Raw.SendAsync(replayed)).ShouldBeError(403, "SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_signature_is_good_for_one_method_only()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        var signed = new RawRequest("GET", $"/{bucket}/key").Sign(Raw.Host).Headers;
        var replayed = new RawRequest("DELETE", $"/{bucket}/key")
        {
            Who = null,
            AfterSigning = h =>
            {
                foreach (var (name, value) in signed)
                    h[name] = value;
            },
        };
        (await Raw.SendAsync(replayed)).ShouldBeError(403, "SignatureDoesNotMatch");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task Unsigned_payload_is_accepted()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Text = "body",
            PayloadHash = SignatureV4.UnsignedPayload,
        })).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("body");
    }

    [Fact]
    public async Task A_payload_hash_is_required()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            AfterSigning = h => h.Remove("x-amz-content-sha256"),
        });
        answer.Status.ShouldBeOneOf(400, 403);
        answer.Element("Code").ShouldBeOneOf("InvalidRequest", "SignatureDoesNotMatch", "AccessDenied",
            "MissingSecurityHeader");
    }

    [Fact]
    public async Task A_payload_hash_must_be_one()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key") { PayloadHash = "abc" }))
            .ShouldBeError(400, "InvalidArgument");
    }
}
