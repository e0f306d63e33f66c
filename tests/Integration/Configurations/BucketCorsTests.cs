using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Configurations;

public sealed class BucketCorsTests : StoreTests
{
    private const string AnyRule =
        "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>";

    [Fact]
    public async Task Rules_are_put_shown_and_deleted()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?cors"))
            .ShouldBeError(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist");
        (await PutAsync(bucket, AnyRule)).ShouldBe(200).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}?cors")).ShouldBe(200).Text.ShouldBe(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CORSConfiguration " +
            $"xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{AnyRule}</CORSConfiguration>");
        (await Raw.SendAsync("DELETE", $"/{bucket}?cors")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}?cors")).ShouldBeError(404, "NoSuchCORSConfiguration");
        (await Raw.SendAsync("DELETE", $"/{bucket}?cors")).ShouldBe(204);
    }

    [Theory]
    [InlineData("", "MalformedXML")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod></CORSRule>", "MalformedXML")]
    [InlineData("<CORSRule><AllowedMethod>COPY</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>",
        "InvalidRequest")]
    [InlineData("<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>**</AllowedOrigin></CORSRule>",
        "InvalidRequest")]
    public async Task A_bad_document_is_refused(string rules, string code)
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, rules)).ShouldBeError(400, code);
        (await Raw.GetAsync($"/{bucket}?cors")).ShouldBeError(404, "NoSuchCORSConfiguration");
    }

    [Fact]
    public async Task A_preflight_is_answered_by_the_first_rule_that_allows_it()
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, "<CORSRule><AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod>" +
            "<AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedHeader>x-amz-*</AllowedHeader>" +
            "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-amz-request-id</ExposeHeader>" +
            $"<MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule>{AnyRule}")).ShouldBe(200);

        var allowed = await PreflightAsync($"/{bucket}/key", "https://app.example.com", "PUT", "X-Amz-Date, x-amz-acl");
        allowed.ShouldBe(200).Body.ShouldBeEmpty();
        allowed.Header("Access-Control-Allow-Origin").ShouldBe("https://app.example.com");
        allowed.Header("Access-Control-Allow-Credentials").ShouldBe("true");
        allowed.Header("Access-Control-Allow-Methods").ShouldBe("PUT, POST");
        allowed.Header("Access-Control-Allow-Headers").ShouldBe("x-amz-date, x-amz-acl");
        allowed.Header("Access-Control-Expose-Headers").ShouldBe("ETag, x-amz-request-id");
        allowed.Header("Access-Control-Max-Age").ShouldBe("3000");
        allowed.Header("Vary").ShouldBe("Origin, Access-Control-Request-Headers, Access-Control-Request-Method");

        var any = await PreflightAsync($"/{bucket}", "null", "GET");
        any.ShouldBe(200).Header("Access-Control-Allow-Origin").ShouldBe("*");
        any.Header("Access-Control-Allow-Credentials").ShouldBeNull();
        any.Header("Access-Control-Max-Age").ShouldBeNull();
    }

    [Fact]
    public async Task A_preflight_that_no_rule_allows_is_forbidden()
    {
        const string notAllowed = "CORSResponse: This CORS request is not allowed. This is usually because the " +
            "evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers " +
            "are not whitelisted by the resource's CORS spec.";
        var bucket = await NewBucketAsync();
        (await PreflightAsync($"/{bucket}/key", "http://a", "GET"))
            .ShouldBeError(403, "AccessForbidden", "CORSResponse: CORS is not enabled for this bucket.")
            .Element("ResourceType").ShouldBe("OBJECT");
        (await PutAsync(bucket, AnyRule)).ShouldBe(200);
        var refused = await PreflightAsync($"/{bucket}", "http://a", "PUT");
        refused.ShouldBeError(403, "AccessForbidden", notAllowed).Element("Method").ShouldBe("PUT");
        refused.Element("ResourceType").ShouldBe("BUCKET");
        refused.Header("Access-Control-Allow-Origin").ShouldBeNull();
        (await PreflightAsync($"/{bucket}", "http://a", "GET", "x-other")).ShouldBeError(
            403, "AccessForbidden", notAllowed);
        (await PreflightAsync($"/{UniqueName()}", "http://a", "GET")).ShouldBeError(403, "AccessForbidden");
    }

    [Fact]
    public async Task A_preflight_that_says_too_little_is_a_bad_request()
    {
        var bucket = await NewBucketAsync();
        (await SendUnsignedAsync("OPTIONS", $"/{bucket}/key")).ShouldBeError(
            400, "BadRequest", "Insufficient information. Origin request header needed.");
        (await SendUnsignedAsync("OPTIONS", $"/{bucket}/key", ("Origin", "http://a"))).ShouldBeError(
            400, "BadRequest", "Invalid Access-Control-Request-Method: null");
        (await PreflightAsync($"/{bucket}/key", "http://a", "PATCH")).ShouldBeError(
            400, "BadRequest", "Invalid Access-Control-Request-Method: PATCH");
    }

    [Fact]
    public async Task Answers_to_a_page_have_the_headers_of_the_rule_errors_too()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "text");
        (await PutAsync(bucket, "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>http://a</AllowedOrigin>" +
            "<ExposeHeader>ETag</ExposeHeader></CORSRule>")).ShouldBe(200);

        var found = await Raw.SendAsync("GET", $"/{bucket}/key", "", ("Origin", "http://a"));
        found.ShouldBe(200).Text.ShouldBe("text");
        var missing = await Raw.SendAsync("GET", $"/{bucket}/none", "", ("Origin", "http://a"));
        missing.ShouldBeError(404, "NoSuchKey");
        var denied = await SendUnsignedAsync("GET", $"/{bucket}/key", ("Origin", "http://a"));
        denied.ShouldBeError(403, "AccessDenied");
        foreach (var answer in new[] { found, missing, denied })
        {
            answer.Header("Access-Control-Allow-Origin").ShouldBe("http://a");
            answer.Header("Access-Control-Allow-Methods").ShouldBe("GET");
            answer.Header("Access-Control-Expose-Headers").ShouldBe("ETag");
            answer.Header("Vary").ShouldNotBeNull().ShouldContain("Origin");
        }
    }

    [Fact]
    public async Task A_page_that_no_rule_allows_is_answered_without_them()
    {
        var bucket = await NewBucketAsync();
        (await PutAsync(bucket, AnyRule)).ShouldBe(200);
        (await Raw.SendAsync("PUT", $"/{bucket}/key", "x", ("Origin", "http://a"))).ShouldBe(200)
            .Header("Access-Control-Allow-Origin").ShouldBeNull();
        (await Raw.SendAsync("GET", $"/{bucket}/key")).ShouldBe(200)
            .Header("Access-Control-Allow-Origin").ShouldBeNull();
    }

    private Task<RawResponse> PutAsync(string bucket, string rules) => Raw.PutAsync($"/{bucket}?cors",
        $"<CORSConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{rules}</CORSConfiguration>");

    private Task<RawResponse> PreflightAsync(string target, string origin, string method, string? headers = null) =>
        SendUnsignedAsync("OPTIONS", target,
        [
            ("Origin", origin), ("Access-Control-Request-Method", method),
            .. headers is null ? [] : new[] { ("Access-Control-Request-Headers", headers) },
        ]);

    private Task<RawResponse> SendUnsignedAsync(
        string method, string target, params (string Name, string Value)[] headers) =>
        Raw.SendAsync(new RawRequest(method, target)
        {
            Who = null,
            Headers = headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal),
        });
}
