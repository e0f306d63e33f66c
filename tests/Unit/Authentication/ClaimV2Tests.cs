using CasStore.Api.S3.Authentication;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Authentication;

public class ClaimV2Tests
{
    private static readonly SignedRequest s_presigned = new RequestSignerV2().Presign(600);

    [Theory]
    [InlineData("AWS HAHAHA")]
    [InlineData("AWS ")]
    [InlineData("AWS :signature")]
    [InlineData("AWS AKID:")]
    [InlineData("AWS AKID:a:b")]
    public void Rejects_a_malformed_header(string authorization)
    {
        var request = new RequestSignerV2().SignHeader();
        request.Headers.Authorization = authorization;
        var thrown = Fails(request);
        thrown.Error.ShouldBe(S3Errors.InvalidArgument);
        thrown.Message.ShouldBe("AWS authorization header is invalid.  Expected AwsAccessKeyId:signature");
        thrown.Details.ShouldBe([("ArgumentName", "Authorization"), ("ArgumentValue", authorization)]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    [InlineData("1369353600")]
    public void Requires_a_date_in_the_header_form(string? date)
    {
        var request = new RequestSignerV2().SignHeader();
        request.Headers.Date = date;
        var thrown = Fails(request);
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("AWS authentication requires a valid Date or x-amz-date header");
    }

    [Theory]
    [InlineData(15)]
    [InlineData(-15)]
    public void Allows_clocks_to_differ_by_a_quarter_of_an_hour(int minutes)
    {
        var request = new RequestSignerV2().SignHeader();
        Parse(request with { Now = request.Now.AddMinutes(minutes) }).ShouldBeOfType<Claim.SignedV2>();
        var thrown = Fails(request with { Now = request.Now.AddMinutes(minutes).AddSeconds(Math.Sign(minutes)) });
        thrown.Error.ShouldBe(S3Errors.RequestTimeTooSkewed);
        thrown.Details.Select(d => d.Name).ShouldBe(["RequestTime", "ServerTime", "MaxAllowedSkewMilliseconds"]);
        thrown.Details[0].Value.ShouldBe("Fri, 24 May 2013 00:00:00 GMT");
    }

    [Fact]
    public void The_amz_date_counts_when_there_are_two()
    {
        var request = new RequestSignerV2 { Headers = { ["x-amz-date"] = "20130524T001501Z" } }.SignHeader();
        request.Headers.Date = "Fri, 24 May 2013 00:00:00 GMT";
        Fails(request).Error.ShouldBe(S3Errors.RequestTimeTooSkewed);
    }

    [Fact]
    public void A_url_ends_when_it_expires()
    {
        Parse(s_presigned with { Now = s_presigned.Now.AddSeconds(600) }).ShouldBeOfType<Claim.SignedV2>();
        var thrown = Fails(s_presigned with { Now = s_presigned.Now.AddSeconds(601) });
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe("Request has expired");
        thrown.Details.ShouldBe([("Expires", "2013-05-24T00:10:00Z"), ("ServerTime", "2013-05-24T00:10:01Z")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("253402300800")]
    [InlineData("99999999999999999999")]
    public void Rejects_a_time_that_is_no_number_of_seconds(string expires)
    {
        var thrown = Fails(s_presigned with { RawQuery = $"AWSAccessKeyId=a&Expires={expires}&Signature=b" });
        thrown.Error.ShouldBe(S3Errors.AccessDenied);
        thrown.Message.ShouldBe($"Invalid date (should be seconds since epoch): {expires}");
    }

    [Theory]
    [InlineData("AWSAccessKeyId")]
    [InlineData("Expires")]
    [InlineData("Signature")]
    public void Requires_every_parameter_once(string name)
    {
        var pieces = s_presigned.RawQuery.Split('&');
        var without = string.Join('&', pieces.Where(p => !p.StartsWith(name + "=", StringComparison.Ordinal)));
        foreach (var query in new[] { without, $"{s_presigned.RawQuery}&{name}=1" })
        {
            var thrown = Fails(s_presigned with { RawQuery = query });
            thrown.Error.ShouldBe(S3Errors.AccessDenied);
            thrown.Message.ShouldBe(
                "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters");
        }
    }

    [Fact]
    public void Rejects_session_tokens()
    {
        Fails(s_presigned with { RawQuery = s_presigned.RawQuery + "&x-amz-security-token=t" }).Error.Code
            .ShouldBe("InvalidToken");
        Fails(new RequestSignerV2 { Headers = { ["x-amz-security-token"] = "t" } }.SignHeader()).Error.Code
            .ShouldBe("InvalidToken");
        Fails(new RequestSignerV2 { Headers = { ["x-amz-security-token"] = "t" } }.Presign(60)).Error.Code
            .ShouldBe("InvalidToken");
    }

    [Fact]
    public void Only_one_way_of_signing_is_allowed() =>
        Fails(new RequestSignerV2().SignHeader() with { RawQuery = s_presigned.RawQuery }).Error
            .ShouldBe(S3Errors.InvalidArgument);

    private static Claim Parse(SignedRequest request) => ClaimParser.Parse(request, RequestSigner.Region);

    private static S3Exception Fails(SignedRequest request) => Should.Throw<S3Exception>(() => Parse(request));
}
