using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Authentication;

public class HeaderClaimTests
{
    private const string Scope = "20130524/us-east-1/s3/aws4_request";

    [Fact]
    public void A_request_without_authorization_is_anonymous()
    {
        Parse(new HeaderDictionary()).ShouldBeOfType<Claim.Anonymous>();
        Parse(new HeaderDictionary { ["Authorization"] = "" }).ShouldBeOfType<Claim.Anonymous>();
    }

    [Fact]
    public void Reads_what_is_claimed()
    {
        var claim = Parse(Signed()).ShouldBeOfType<Claim.SignedV4>();
        claim.ShouldBe(new Claim.SignedV4(
            RequestSigner.AccessKey, "20130524", "us-east-1", "20130524T000000Z",
            "host;x-amz-content-sha256;x-amz-date", claim.Signature, RequestSigner.EmptySha256, Presigned: false));
        claim.Scope.ShouldBe(Scope);
    }

    [Fact]
    public void An_access_key_may_hold_slashes() =>
        Parse(With(credential: $"team/ops/{Scope}")).ShouldBeOfType<Claim.SignedV4>().AccessKey.ShouldBe("team/ops");

    [Theory]
    [InlineData("")]
    [InlineData("AKID")]
    [InlineData("AKID/20130524/us-east-1/s3")]
    [InlineData("/20130524/us-east-1/s3/aws4_request")]
    public void Rejects_a_malformed_credential(string credential) =>
        Fails(With(credential: credential)).Error.ShouldBe(S3Errors.AuthorizationHeaderMalformed);

    [Theory]
    [InlineData("AKID/20130524/eu-west-1/s3/aws4_request", "the region 'eu-west-1' is wrong; expecting 'us-east-1'")]
    [InlineData("AKID/20130524/us-east-1/ec2/aws4_request",
        "incorrect service \"ec2\". This endpoint belongs to \"s3\".")]
    [InlineData("AKID/20130524/us-east-1/s3/aws3", "incorrect terminal \"aws3\". This endpoint uses \"aws4_request\".")]
    [InlineData("AKID/2013-5-4/us-east-1/s3/aws4_request",
        "incorrect date format \"2013-5-4\". This date in the credential must be in the format \"yyyyMMdd\".")]
    [InlineData("AKID/20130523/us-east-1/s3/aws4_request",
        "Invalid credential date \"20130523\". This date is not the same as X-Amz-Date: \"20130524\".")]
    public void Rejects_a_wrong_scope(string credential, string message)
    {
        var thrown = Fails(With(credential: credential));
        thrown.Error.ShouldBe(S3Errors.AuthorizationHeaderMalformed);
        thrown.Message.ShouldBe("The authorization header is malformed; " + message);
    }

    [Fact]
    public void Names_the_right_region() =>
        Fails(With(credential: "AKID/20130524/eu-west-1/s3/aws4_request")).Details
            .ShouldBe([("Region", "us-east-1")]);

    [Theory]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 ")]
    [InlineData("AWS4-HMAC-SHA256 nonsense")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=A/{Scope}, SignedHeaders=host")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=A/{Scope}, SignedHeaders=host, Signature=")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=A/{Scope}, Credential=B/{Scope}, SignedHeaders=host, Signature=1")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=A/{Scope}, SignedHeaders=host, Signature=1, More=2")]
    public void Rejects_wrong_components(string authorization) =>
        Fails(Signed("authorization", authorization)).Error.ShouldBe(S3Errors.AuthorizationHeaderMalformed);

    [Theory]
    [InlineData("Bearer token")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("HAHAHA")]
    public void Rejects_another_kind_of_authorization(string authorization)
    {
        var thrown = Fails(Signed("authorization", authorization));
        thrown.Error.ShouldBe(S3Errors.InvalidArgument);
        thrown.Details.ShouldBe([("ArgumentName", "Authorization"), ("ArgumentValue", authorization)]);
    }

    [Fact]
    public void Rejects_mechanisms_that_are_not_supported()
    {
        var thrown = Fails(Signed("authorization", "AWS4-ECDSA-P256-SHA256 Credential=A"));
        thrown.Error.ShouldBe(S3Errors.InvalidRequest);
        thrown.Message.ShouldBe(
            "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
    }

    [Theory]
    [InlineData("20130524T001501Z")]
    [InlineData("20130523T234459Z")]
    [InlineData("19500707T215304Z")]
    [InlineData("99990707T215304Z")]
    public void Rejects_a_clock_that_is_more_than_15_minutes_off(string time)
    {
        var thrown = Fails(Signed("x-amz-date", time));
        thrown.Error.ShouldBe(S3Errors.RequestTimeTooSkewed);
        thrown.Details.ShouldBe(
        [
            ("RequestTime", time), ("ServerTime", "2013-05-24T00:00:00Z"), ("MaxAllowedSkewMilliseconds", "900000"),
        ]);
    }

    [Fact]
    public void Accepts_a_clock_that_is_15_minutes_off() =>
        Parse(Signed("x-amz-date", "20130524T001500Z")).ShouldBeOfType<Claim.SignedV4>();

    [Fact]
    public void Takes_the_time_from_the_date_header()
    {
        var headers = Signed("date", "Fri, 24 May 2013 00:00:00 GMT");
        headers.Remove("x-amz-date");
        Parse(headers).ShouldBeOfType<Claim.SignedV4>().Timestamp.ShouldBe("20130524T000000Z");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2013-05-24T00:00:00Z")]
    [InlineData("20130524T250000Z")]
    public void Rejects_a_missing_or_malformed_time(string? time)
    {
        var headers = Signed();
        headers.Remove("x-amz-date");
        if (time is not null)
            headers["x-amz-date"] = time;
        var thrown = Fails(headers);
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("AWS authentication requires a valid Date or x-amz-date header");
    }

    [Fact]
    public void Requires_the_payload_hash()
    {
        var headers = Signed();
        headers.Remove("x-amz-content-sha256");
        var thrown = Fails(headers);
        thrown.Error.ShouldBe(S3Errors.InvalidRequest);
        thrown.Message.ShouldBe("Missing required header for this request: x-amz-content-sha256");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("STREAMING-SOMETHING")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Rejects_a_malformed_payload_hash(string hash) =>
        Fails(Signed("x-amz-content-sha256", hash)).Error.ShouldBe(S3Errors.InvalidArgument);

    [Theory]
    [InlineData("x-amz-acl", "private")]
    [InlineData("X-Amz-Meta-Color", "red")]
    public void Requires_amz_headers_to_be_signed(string name, string value)
    {
        var thrown = Fails(Signed(name, value));
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("There were headers present in the request which were not signed");
        thrown.Details.ShouldBe([("HeadersNotSigned", name.ToLowerInvariant())]);
    }

    [Fact]
    public void Requires_the_host_to_be_signed() =>
        Fails(With(signedHeaders: "x-amz-content-sha256;x-amz-date")).Details
            .ShouldBe([("HeadersNotSigned", "host")]);

    [Fact]
    public void Rejects_a_header_list_that_would_swell_the_canonical_request()
    {
        Fails(With(signedHeaders: "host;host;x-amz-content-sha256;x-amz-date")).Error
            .ShouldBe(S3Errors.AuthorizationHeaderMalformed);
        Fails(With(signedHeaders: string.Join(';', Enumerable.Range(0, 129)))).Error
            .ShouldBe(S3Errors.AuthorizationHeaderMalformed);
        Fails(With(signedHeaders: "host;;x-amz-content-sha256;x-amz-date")).Error
            .ShouldBe(S3Errors.AuthorizationHeaderMalformed);
    }

    [Fact]
    public void Rejects_session_tokens() =>
        Fails(Signed("x-amz-security-token", "FQoDYXdz")).Error.Code.ShouldBe("InvalidToken");

    private static HeaderDictionary Signed(string? name = null, string? value = null)
    {
        var headers = (HeaderDictionary)new RequestSigner().SignHeader().Headers;
        if (name is not null)
            headers[name] = value;
        return headers;
    }

    private static HeaderDictionary With(
        string credential = $"AKID/{Scope}", string signedHeaders = "host;x-amz-content-sha256;x-amz-date") =>
        Signed("authorization",
            $"AWS4-HMAC-SHA256 Credential={credential},  SignedHeaders={signedHeaders},Signature=00");

    private static Claim Parse(HeaderDictionary headers) =>
        ClaimParser.Parse(new SignedRequest("GET", "/", "", headers, RequestSigner.Now), RequestSigner.Region);

    private static S3Exception Fails(HeaderDictionary headers) => Should.Throw<S3Exception>(() => Parse(headers));
}
