using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Website;

/// <summary>What a website shows: objects, index documents, error documents, and pages for errors.</summary>
public sealed class WebsiteDocumentTests(WebsiteServer server) : IClassFixture<WebsiteServer>
{
    private const string Index = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>";
    private const string WithError = $"{Index}<ErrorDocument><Key>error.html</Key></ErrorDocument>";

    [Theory]
    [InlineData("s3-website")]
    [InlineData("s3-website-us-east-1")]
    [InlineData("s3-website.us-east-1")]
    [InlineData("S3-WEBSITE")]
    public async Task Each_host_of_AWS_shows_the_index_document(string service)
    {
        var bucket = await server.NewSiteAsync(Index);
        await server.PutAsync(bucket, "index.html", "home", ("Content-Type", "text/html"));
        var home = (await server.VisitHostAsync(WebsiteServer.Host(bucket, service), "/")).ShouldBe(200);
        (home.Text, home.Header("Content-Type")).ShouldBe(("home", "text/html"));
    }

    [Fact]
    public async Task Folders_have_index_documents_and_get_their_slash()
    {
        var bucket = await server.NewSiteAsync(Index);
        await server.PutAsync(bucket, "folder/index.html", "inner");
        await server.PutAsync(bucket, "/evil.example/index.html", "odd");
        (await server.VisitAsync(bucket, "/folder/")).ShouldBe(200).Text.ShouldBe("inner");
        (await server.VisitAsync(bucket, "/folder")).ShouldBe(302).Header("Location").ShouldBe("/folder/");
        (await server.VisitAsync(bucket, "//evil.example")).ShouldBe(302)
            .Header("Location").ShouldBe("/%2Fevil.example/");
        (await server.VisitAsync(bucket, "/%2Fevil.example/")).ShouldBe(200).Text.ShouldBe("odd");
        await server.PutAsync(bucket, "secret/index.html", "closed");
        ShouldBePage(await server.VisitAsync(bucket, "/secret"), 403, "AccessDenied");
        await server.PutAsync(bucket, "folder", "object");
        (await server.VisitAsync(bucket, "/folder")).ShouldBe(200).Text.ShouldBe("object");
    }

    [Fact]
    public async Task Objects_are_read_as_by_GetObject_and_the_query_means_nothing()
    {
        var bucket = await server.NewSiteAsync(WithError);
        await server.PutAsync(bucket, "error.html", "own page");
        await server.PutAsync(bucket, "open.txt", "0123456789", ("x-amz-meta-a", "b"));
        var whole = (await server.VisitAsync(
            bucket, "/open.txt?acl&versionId=x&response-content-type=a/b&%zz")).ShouldBe(200);
        (whole.Text, whole.Header("x-amz-meta-a")).ShouldBe(("0123456789", "b"));
        var etag = whole.Header("ETag")!;
        var head = (await server.VisitAsync(bucket, "/open.txt", "HEAD")).ShouldBe(200);
        (head.Header("Content-Length"), head.Header("ETag"), head.Body.Length).ShouldBe(("10", etag, 0));
        (await server.VisitAsync(bucket, "/open.txt", "GET", ("Range", "bytes=2-4"))).ShouldBe(206)
            .Text.ShouldBe("234");
        (await server.VisitAsync(bucket, "/open.txt", "GET", ("If-None-Match", etag))).ShouldBe(304)
            .Header("ETag").ShouldBe(etag);
        (await server.VisitAsync(bucket, "/open.txt", "GET", ("If-Match", "\"no\""))).ShouldBe(412)
            .Text.ShouldBe("own page");
        (await server.VisitAsync(bucket, "/open.txt", "GET", ("Range", "bytes=10-"))).ShouldBe(416)
            .Text.ShouldBe("own page");
        // Even a bad signature counts for nothing.
        (await server.VisitAsync(bucket, "/open.txt", "GET", ("Authorization", "AWS4-HMAC-SHA256 none")))
            .ShouldBe(200);
    }

    [Fact]
    public async Task What_is_missing_is_told_to_who_may_list()
    {
        var closed = await server.NewSiteAsync(Index);
        ShouldBePage(await server.VisitAsync(closed, "/open-none"), 403, "AccessDenied");
        ShouldBePage(await server.VisitAsync(closed, "/"), 403, "AccessDenied");
        var listed = await server.NewSiteAsync(Index, listed: true);
        ShouldBePage(await server.VisitAsync(listed, "/%3Cb%3E%22"), 404, "NoSuchKey")
            .Text.ShouldContain("<li>Key: &lt;b&gt;&quot;</li>");
        ShouldBePage(await server.VisitAsync(listed, "/"), 404, "NoSuchKey")
            .Text.ShouldContain("<li>Key: index.html</li>");
        var head = (await server.VisitAsync(listed, "/none", "HEAD")).ShouldBe(404);
        (head.Body.Length, head.Header("Content-Type")).ShouldBe((0, "text/html; charset=utf-8"));
    }

    [Fact]
    public async Task What_an_access_control_list_opens_is_shown()
    {
        var bucket = await server.NewSiteAsync(Index);
        (await server.Api.SendAsync("DELETE", $"/{bucket}?policy")).ShouldBe(204);
        (await server.Api.PutAsync($"/{bucket}?ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>" +
            "ObjectWriter</ObjectOwnership></Rule></OwnershipControls>")).ShouldBe(200);
        await server.PutAsync(bucket, "-/a/index.html", "open", ("x-amz-acl", "public-read"));
        await server.PutAsync(bucket, "-/b/index.html", "closed");
        (await server.VisitAsync(bucket, "/-/a")).ShouldBe(302).Header("Location").ShouldBe("/-/a/");
        (await server.VisitAsync(bucket, "/-/a/")).ShouldBe(200).Text.ShouldBe("open");
        ShouldBePage(await server.VisitAsync(bucket, "/-/b"), 403, "AccessDenied");
        ShouldBePage(await server.VisitAsync(bucket, "/-/b/"), 403, "AccessDenied");
    }

    [Fact]
    public async Task What_was_deleted_is_missing_although_versions_are_kept()
    {
        var bucket = await server.NewSiteAsync(Index, listed: true);
        (await server.Api.PutAsync($"/{bucket}?versioning", "<VersioningConfiguration><Status>Enabled</Status>" +
            "</VersioningConfiguration>")).ShouldBe(200);
        await server.PutAsync(bucket, "open", "x");
        await server.PutAsync(bucket, "open/index.html", "x");
        (await server.Api.SendAsync("DELETE", $"/{bucket}/open")).ShouldBe(204);
        (await server.VisitAsync(bucket, "/open")).ShouldBe(302);
        (await server.Api.SendAsync("DELETE", $"/{bucket}/open/index.html")).ShouldBe(204);
        ShouldBePage(await server.VisitAsync(bucket, "/open"), 404, "NoSuchKey");
    }

    [Fact]
    public async Task Headers_that_ask_for_what_is_not_there_or_for_another_owner_are_refused()
    {
        var bucket = await server.NewSiteAsync(Index);
        await server.PutAsync(bucket, "open", "x");
        ShouldBePage(await server.VisitAsync(bucket, "/open", "GET",
            ("x-amz-server-side-encryption-customer-algorithm", "AES256")), 501, "NotImplemented");
        ShouldBePage(await server.VisitAsync(bucket, "/open", "GET",
            ("x-amz-expected-bucket-owner", "somebody")), 403, "AccessDenied");
    }

    [Fact]
    public async Task An_error_document_has_the_status_of_the_error()
    {
        var bucket = await server.NewSiteAsync(WithError, listed: true);
        ShouldBePage(await server.VisitAsync(bucket, "/none"), 404, "NoSuchKey").Text.ShouldContain(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n" +
            "<li>Code: NoSuchKey</li>");
        await server.PutAsync(bucket, "error.html", "own page", ("Content-Type", "text/plain"));
        var page = (await server.VisitAsync(bucket, "/none", "GET", ("Range", "bytes=0-1"))).ShouldBe(404);
        (page.Text, page.Header("Content-Type")).ShouldBe(("own page", "text/plain"));
        var head = (await server.VisitAsync(bucket, "/none", "HEAD")).ShouldBe(404);
        (head.Header("Content-Length"), head.Body.Length).ShouldBe(("8", 0));
    }

    [Fact]
    public async Task What_is_no_website_says_so_to_a_person()
    {
        ShouldBePage(await server.VisitAsync("no-such-bucket", "/"), 404, "NoSuchBucket")
            .Text.ShouldContain("<li>BucketName: no-such-bucket</li>");
        var bucket = await server.NewSiteAsync(WithError);
        ShouldBePage(await server.VisitAsync(bucket, "/%zz"), 400, "InvalidURI");
        ShouldBePage(await server.VisitAsync(bucket, "/" + new string('k', 1025)), 400, "KeyTooLongError");
        foreach (var method in (string[])["PUT", "POST", "DELETE", "PATCH"])
        {
            ShouldBePage(await server.VisitAsync(bucket, "/open", method), 405, "MethodNotAllowed")
                .Header("Allow").ShouldBe("GET, HEAD, OPTIONS");
        }
        (await server.Api.SendAsync("DELETE", $"/{bucket}?website")).ShouldBe(204);
        ShouldBePage(await server.VisitAsync(bucket, "/"), 404, "NoSuchWebsiteConfiguration");
    }

    [Fact]
    public async Task Pages_of_other_sites_may_read_what_CORS_allows()
    {
        var bucket = await server.NewSiteAsync(Index, listed: true);
        (await server.Api.PutAsync($"/{bucket}?cors", "<CORSConfiguration><CORSRule><AllowedMethod>GET" +
            "</AllowedMethod><AllowedOrigin>http://other.example</AllowedOrigin></CORSRule></CORSConfiguration>"))
            .ShouldBe(200);
        const string Origin = "http://other.example";
        (await server.VisitAsync(bucket, "/none", "GET", ("Origin", Origin))).ShouldBe(404)
            .Header("Access-Control-Allow-Origin").ShouldBe(Origin);
        (await server.VisitAsync(bucket, "/none", "OPTIONS", ("Origin", Origin),
            ("Access-Control-Request-Method", "GET"))).ShouldBe(200)
            .Header("Access-Control-Allow-Origin").ShouldBe(Origin);
        ShouldBePage(await server.VisitAsync(bucket, "/none", "OPTIONS", ("Origin", Origin),
            ("Access-Control-Request-Method", "PUT")), 403, "AccessForbidden");
    }

    private static RawResponse ShouldBePage(RawResponse answer, int status, string code)
    {
        answer.ShouldBe(status).Header("Content-Type").ShouldBe("text/html; charset=utf-8");
        answer.Text.ShouldContain($"<h1>{status} ");
        answer.Text.ShouldContain($"<li>Code: {code}</li>");
        answer.Text.ShouldContain($"<li>RequestId: {answer.Header("x-amz-request-id")}</li>");
        return answer;
    }
}
