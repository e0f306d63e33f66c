using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Protocol;

/// <summary>Whatever is sent, the answer is a client's error, and the server lives.</summary>
public sealed class HostileInputTests : StoreTests
{
    private string _bucket = "";

    public static TheoryData<string, string> Documents => new()
    {
        { "doctype", "<!DOCTYPE Delete [<!ENTITY a \"x\">]><Delete><Object><Key>&a;</Key></Object></Delete>" },
        {
            "external", "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
                "<Delete><Object><Key>&x;</Key></Object></Delete>"
        },
        { "bomb", Bomb() },
        { "deep", string.Concat(Enumerable.Repeat("<a>", 20_000)) + string.Concat(Enumerable.Repeat("</a>", 20_000)) },
        { "wide", $"<Delete {string.Concat(Enumerable.Range(0, 5000).Select(n => $"a{n}='x' "))}/>" },
        { "cut", "<Delete><Object><Key>a" },
        { "binary", "\u0001\u0002<Delete/>" },
        { "wrong end", "<Delete></Objects>" },
        { "two roots", "<Delete/><Delete/>" },
        { "long name", $"<{new string('n', 100_000)}/>" },
        { "bad entity", "<Delete><Object><Key>&#x0;&#xFFFFFFFF;</Key></Object></Delete>" },
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    public override async Task DisposeAsync()
    {
        Server.IsRunning.ShouldBeTrue(Server.Output);
        (await Raw.GetAsync($"/{_bucket}?list-type=2")).ShouldBe(200);
        await base.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Hostile_xml_is_malformed(string what, string document)
    {
        what.ShouldNotBeNull();
        var answer = await Raw.SendAsync("POST", $"/{_bucket}?delete", document,
            ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(document))));
        answer.Status.ShouldBe(400, answer.Text);
        answer.Element("Code").ShouldBeOneOf("MalformedXML", "MaxMessageLengthExceeded");
        (await Raw.PutAsync($"/{UniqueName()}", document)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_document_that_is_too_long_is_refused()
    {
        var document = "<Delete>" + new string(' ', 8 * 1024 * 1024) + "</Delete>";
        var answer = await Raw.SendAsync("POST", $"/{_bucket}?delete", document,
            ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(document))));
        answer.Status.ShouldBeOneOf(400, 413);
    }

    [Theory]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /a%2 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /bucket/%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /bucket/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /bucket?prefix=%zz HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /bucket?%00=%00&&&==& HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET ../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")]
    [InlineData("PUT /bucket/key HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc")]
    [InlineData("PUT /bucket/key HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    [InlineData("GET /bucket/key HTTP/1.1\r\nHost: x\r\nRange: bytes=9223372036854775807-\r\n\r\n")]
    public async Task A_broken_request_is_the_clients_error(string request)
    {
        using var connection = await Raw.ConnectAsync();
        await connection.WriteAsync(request.Replace("/bucket", $"/{_bucket}", StringComparison.Ordinal));
        connection.FinishSending();
        var answer = await connection.ReadResponseAsync();
        (answer?.Status ?? 400).ShouldBeOneOf([400, 403, 404, 405, 411, 413, 414, 417, 431, 501, 505, 307]);
        answer?.Text.ShouldNotContain("root:");
    }

    [Theory]
    [InlineData("bytes=9223372036854775807-9223372036854775807", 416)]
    [InlineData("bytes=99999999999999999999999-", 416)]
    [InlineData("bytes=-99999999999999999999999", 206)]
    [InlineData("bytes=0-99999999999999999999999", 206)]
    [InlineData("bytes=--1", 200)]
    [InlineData("bytes=1-2-3", 200)]
    [InlineData("bytes=,,,", 200)]
    public async Task A_monstrous_range_is_taken_calmly(string range, int status)
    {
        await Raw.PutAsync($"/{_bucket}/key", "0123456789");
        var answer = await Raw.SendAsync("GET", $"/{_bucket}/key", "", ("Range", range));
        answer.Status.ShouldBeOneOf([status, 200, 416]);
    }

    [Theory]
    [InlineData("GET", "?list-type=2&prefix=")]
    [InlineData("GET", "?list-type=2&start-after=")]
    [InlineData("GET", "?list-type=2&delimiter=")]
    [InlineData("GET", "?list-type=2&continuation-token=")]
    [InlineData("GET", "?prefix=")]
    [InlineData("GET", "?marker=")]
    [InlineData("GET", "?delimiter=")]
    [InlineData("GET", "?uploads&prefix=")]
    [InlineData("GET", "?uploads&key-marker=")]
    [InlineData("GET", "?uploads&key-marker=a&upload-id-marker=")]
    [InlineData("GET", "/key?uploadId=")]
    [InlineData("DELETE", "/key?uploadId=")]
    [InlineData("PUT", "/key?partNumber=1&uploadId=")]
    [InlineData("GET", "/key?versionId=")]
    public async Task A_parameter_of_nulls_or_broken_text_is_taken_calmly(string method, string rest)
    {
        // Several times: what a connection to the database has prepared must survive it.
        for (var time = 0; time < 4; time++)
        {
            foreach (var value in new[] { "%00", "a%00b", "%ff%fe", "%C3%28", "%ED%A0%80", "%F4%90%80%80" })
            {
                var answer = await Raw.SendAsync(method, $"/{_bucket}{rest}{value}");
                answer.Status.ShouldBeOneOf([200, 204, 400, 404, 501], $"{value}: {answer.Text}");
            }
            (await Raw.GetAsync($"/{_bucket}{(method == "GET" ? rest : "?uploads&prefix=")}a")).Status
                .ShouldBeOneOf(200, 400, 404, 501);
        }
    }

    [Theory]
    [InlineData("a\u0001b")]
    [InlineData("a\u0000b")]
    public async Task A_document_with_control_characters_is_taken_calmly(string key)
    {
        var document = $"<Delete><Object><Key>{key}</Key></Object></Delete>";
        var answer = await Raw.SendAsync("POST", $"/{_bucket}?delete", document,
            ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(document))));
        answer.ShouldBeError(400, "MalformedXML");
    }

    [Fact]
    public async Task A_copy_source_of_nulls_is_taken_calmly()
    {
        foreach (var source in new[] { $"/{_bucket}/%00", $"/{_bucket}/a%00b", $"/%00/key", $"/{_bucket}/%ff%fe" })
        {
            var answer = await Raw.PutAsync($"/{_bucket}/copy", "", ("x-amz-copy-source", source));
            answer.Status.ShouldBeOneOf([400, 403, 404], answer.Text);
        }
    }

    [Fact]
    public async Task A_huge_header_is_refused()
    {
        using var connection = await Raw.ConnectAsync();
        await connection.WriteAsync($"GET / HTTP/1.1\r\nHost: x\r\nx-amz-meta-a: {new string('a', 200_000)}\r\n\r\n");
        var answer = await connection.ReadResponseAsync();
        (answer?.Status ?? 431).ShouldBeOneOf(400, 403, 413, 431);
    }

    [Fact]
    public async Task A_thousand_headers_are_refused()
    {
        using var connection = await Raw.ConnectAsync();
        var headers = string.Concat(Enumerable.Range(0, 1000).Select(n => $"x-amz-meta-{n}: v\r\n"));
        await connection.WriteAsync($"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        var answer = await connection.ReadResponseAsync();
        (answer?.Status ?? 431).ShouldBeOneOf(400, 403, 413, 431);
    }

    [Fact]
    public async Task A_long_target_is_refused()
    {
        using var connection = await Raw.ConnectAsync();
        await connection.WriteAsync($"GET /{new string('a', 100_000)} HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = await connection.ReadResponseAsync();
        (answer?.Status ?? 414).ShouldBeOneOf(400, 403, 414, 431);
    }

    [Fact]
    public async Task Traversal_stays_inside_the_data_directory()
    {
        var outside = Path.Combine(Path.GetDirectoryName(Server.DataDirectory)!, $"outside-{Guid.NewGuid():n}");
        var key = $"../../../../../../..{outside}";
        await Raw.PutAsync($"/{_bucket}/{key}", "x");
        await Raw.PutAsync($"/{_bucket}/{key.Replace("/", "%2F", StringComparison.Ordinal)}", "x");
        await Raw.PutAsync($"/{_bucket}/{key.Replace("..", "%2e%2e", StringComparison.Ordinal)}", "x");
        File.Exists(outside).ShouldBeFalse();
        (await S3.ListAllAsync(_bucket)).Select(o => o.Key).Distinct(StringComparer.Ordinal).ShouldBe([key]);
    }

    private static string Bomb()
    {
        var entities = string.Concat(Enumerable.Range(1, 9).Select(n =>
            $"<!ENTITY l{n} \"{string.Concat(Enumerable.Repeat($"&l{n - 1};", 10))}\">"));
        return $"<!DOCTYPE d [<!ENTITY l0 \"lol\">{entities}]><Delete><Object><Key>&l9;</Key></Object></Delete>";
    }
}
