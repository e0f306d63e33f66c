using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Authentication;

public class PresignedClaimTests
{
    private static readonly SignedRequest s_presigned = new RequestSigner().Presign(600);

    [Fact]
    public void Reads_what_is_claimed()
    {
        var claim = Parse(s_presigned).ShouldBeOfType<Claim.SignedV4>();
        claim.ShouldBe(new Claim.SignedV4(
            RequestSigner.AccessKey, "20130524", "us-east-1", "20130524T000000Z", "host", claim.Signature,
            "UNSIGNED-PAYLOAD", Presigned: true));
    }

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature")]
    public void Requires_every_parameter_once(string name)
    {
        var pieces = s_presigned.RawQuery.Split('&');
        var without = string.Join('&', pieces.Where(p => !p.StartsWith(name + "=", StringComparison.Ordinal)));
        var thrown = Fails(s_presigned with { RawQuery = without });
        thrown.Error.ShouldBe(S3Errors.AuthorizationQueryParametersError);
        thrown.Message.ShouldBe(S3Errors.AuthorizationQueryParametersError.Message);
        Fails(s_presigned with { RawQuery = s_presigned.RawQuery + $"&{name}=x" }).Error
            .ShouldBe(S3Errors.AuthorizationQueryParametersError);
    }

    [Theory]
    [InlineData("X-Amz-Expires", "abc", "X-Amz-Expires should be a number")]
    [InlineData("X-Amz-Expires", "", "X-Amz-Expires should be a number")]
    [InlineData("X-Amz-Expires", "99999999999999999999", "X-Amz-Expires should be a number")]
    [InlineData("X-Amz-Expires", "-1", "X-Amz-Expires must be non-negative")]
    [InlineData("X-Amz-Expires", "604801",
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than " +
        "604800 seconds")]
    [InlineData("X-Amz-Algorithm", "AWS4-HMAC-SHA1",
        "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"")]
    [InlineData("X-Amz-Date", "2013-05-24T00:00:00Z",
        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")]
    [InlineData("X-Amz-Credential", "AKID",
        "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting " +
        "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".")]
    [InlineData("X-Amz-Credential", "AKID/20130524/eu-west-1/s3/aws4_request",
        "Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting 'us-east-1'")]
    [InlineData("X-Amz-Credential", "AKID/20130525/us-east-1/s3/aws4_request",
        "Error parsing the X-Amz-Credential parameter; Invalid credential date \"20130525\". This date is not the " +
        "same as X-Amz-Date: \"20130524\".")]
    public void Rejects_wrong_values(string name, string value, string message)
    {
        var thrown = Fails(With(name, value));
        thrown.Error.ShouldBe(S3Errors.AuthorizationQueryParametersError);
        thrown.Message.ShouldBe(message);
    }

    [Fact]
    public void Ends_when_it_expires()
    {
        Parse(s_presigned with { Now = RequestSigner.Now.AddSeconds(600) }).ShouldBeOfType<Claim.SignedV4>();
        var thrown = Fails(s_presigned with { Now = RequestSigner.Now.AddSeconds(601) });
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("Request has expired");
        thrown.Details.ShouldBe(
        [
            ("X-Amz-Expires", "600"), ("Expires", "2013-05-24T00:10:00Z"), ("ServerTime", "2013-05-24T00:10:01Z"),
        ]);
    }

    [Fact]
    public void Is_not_yet_valid_before_its_time()
    {
        Parse(s_presigned with { Now = RequestSigner.Now.AddMinutes(-15) }).ShouldBeOfType<Claim.SignedV4>();
        var thrown = Fails(s_presigned with { Now = RequestSigner.Now.AddMinutes(-15).AddSeconds(-1) });
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("Request is not yet valid");
    }

    [Fact]
    public void Lasts_a_week_at_most() =>
        Parse(With("X-Amz-Expires", "604800") with { Now = RequestSigner.Now.AddDays(7) })
            .ShouldBeOfType<Claim.SignedV4>();

    [Fact]
    public void Only_one_way_of_signing_is_allowed()
    {
        var header = new RequestSigner().SignHeader();
        Fails(header with { RawQuery = s_presigned.RawQuery }).Error.ShouldBe(S3Errors.InvalidArgument);
        Fails(header with { RawQuery = "AWSAccessKeyId=a&Signature=b" }).Message.ShouldBe(
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string " +
            "parameter or the Authorization header should be specified");
    }

    [Fact]
    public void Rejects_session_tokens() =>
        Fails(s_presigned with { RawQuery = s_presigned.RawQuery + "&X-Amz-Security-Token=t" }).Error.Code
            .ShouldBe("InvalidToken");

    [Fact]
    public void Requires_amz_headers_to_be_signed()
    {
        var request = new RequestSigner().Presign(600);
        request.Headers["x-amz-acl"] = "public-read";
        Fails(request).Details.ShouldBe([("HeadersNotSigned", "x-amz-acl")]);
    }

    [Fact]
    public void The_payload_hash_may_be_in_the_query() =>
        Parse(s_presigned with
        {
            RawQuery = s_presigned.RawQuery + "&X-Amz-Content-Sha256=" + RequestSigner.EmptySha256,
        }).ShouldBeOfType<Claim.SignedV4>().PayloadHash.ShouldBe(RequestSigner.EmptySha256);

    private static SignedRequest With(string name, string value) => s_presigned with
    {
        RawQuery = string.Join('&', s_presigned.RawQuery.Split('&').Select(p =>
            p.StartsWith(name + "=", StringComparison.Ordinal) ? $"{name}={Uri.EscapeDataString(value)}" : p)),
    };

    private static Claim Parse(SignedRequest request) => ClaimParser.Parse(request, RequestSigner.Region);

    private static S3Exception Fails(SignedRequest request) => Should.Throw<S3Exception>(() => Parse(request));
}
