using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class PostObjectTests : StoreTests
{
    private const string ETag = "\"9a0364b9e99bb480dd25e1f0284c8555\"";

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public async Task A_signed_form_puts_its_file_with_its_fields_as_headers(int version)
    {
        var bucket = await NewBucketAsync();
        var form = Form(bucket, "docs/a b.txt")
            .Field("Content-Type", "text/plain; charset=utf-8").Field("Cache-Control", "no-store")
            .Field("x-amz-meta-colour", "blue", """["starts-with", "$x-amz-meta-colour", "bl"]""")
            .Field("x-amz-storage-class", "STANDARD_IA")
            .Condition("""["content-length-range", 1, 100]""")
            .Unmentioned("x-ignore-button", "Upload");
        var answer = await PostAsync(bucket, version == 4
            ? form.SignV4(ServerProcess.Root)
            : form.SignV2(ServerProcess.Root));
        answer.ShouldBe(204).Body.ShouldBeEmpty();
        answer.Header("ETag").ShouldBe(ETag);
        answer.Header("Location").ShouldBe($"http://{Raw.Host}/{bucket}/docs/a%20b.txt");

        var got = (await Raw.GetAsync($"/{bucket}/docs/a%20b.txt")).ShouldBe(200);
        got.Text.ShouldBe("content");
        got.Header("Content-Type").ShouldBe("text/plain; charset=utf-8");
        got.Header("Cache-Control").ShouldBe("no-store");
        got.Header("x-amz-meta-colour").ShouldBe("blue");
        got.Header("x-amz-storage-class").ShouldBe("STANDARD_IA");
    }

    [Fact]
    public async Task A_large_file_comes_through_whole()
    {
        var bucket = await NewBucketAsync();
        var content = string.Concat(Enumerable.Repeat("\r\n------WebKitFormBoundary--\r\n0123456789", 30_000));
        var form = new FormPost { File = ("f", content) }.Field("key", "large").Condition(Bucket(bucket));
        (await PostAsync(bucket, form.SignV4(ServerProcess.Root))).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/large")).Text.ShouldBe(content);
    }

    [Fact]
    public async Task The_file_name_may_be_part_of_the_key()
    {
        var bucket = await NewBucketAsync();
        var form = new FormPost { File = ("C:\\pictures\\cat.jpg", "x") }
            .Field("key", "u/${filename}", """["starts-with", "$key", "u/"]""").Condition(Bucket(bucket));
        (await PostAsync(bucket, form.SignV4(ServerProcess.Root))).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/u/cat.jpg")).ShouldBe(200).Header("Content-Type")
            .ShouldBe("binary/octet-stream");
    }

    [Theory]
    [InlineData("200", 200)]
    [InlineData("204", 204)]
    [InlineData("404", 204)]
    public async Task The_form_says_how_it_wants_to_be_answered(string wanted, int status)
    {
        var bucket = await NewBucketAsync();
        (await PostAsync(bucket, Form(bucket, "k").Field("success_action_status", wanted).SignV4(ServerProcess.Root)))
            .ShouldBe(status).Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Status_201_has_a_document()
    {
        var bucket = await NewBucketAsync();
        var answer = await PostAsync(
            bucket, Form(bucket, "k").Field("success_action_status", "201").SignV4(ServerProcess.Root));
        answer.ShouldBe(201).Header("Content-Type").ShouldBe("application/xml");
        answer.Text.ShouldBe("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse>" +
            $"<Location>http://{Raw.Host}/{bucket}/k</Location><Bucket>{bucket}</Bucket><Key>k</Key>" +
            $"<ETag>{ETag.Replace("\"", "&quot;", StringComparison.Ordinal)}</ETag></PostResponse>");
    }

    [Theory]
    [InlineData("https://example.com/done", "https://example.com/done?")]
    [InlineData("http://example.com/?a=b#c", "http://example.com/?a=b&")]
    public async Task A_redirect_tells_what_was_made(string url, string beginning)
    {
        var bucket = await NewBucketAsync();
        var answer = await PostAsync(
            bucket, Form(bucket, "a&b").Field("success_action_redirect", url).SignV4(ServerProcess.Root));
        answer.ShouldBe(303).Header("Location")!.ShouldStartWith(
            $"{beginning}bucket={bucket}&key=a%26b&etag=%229a0364b9e99bb480dd25e1f0284c8555%22");
    }

    [Fact]
    public async Task A_redirect_that_is_no_url_does_not_count()
    {
        var bucket = await NewBucketAsync();
        (await PostAsync(bucket, Form(bucket, "k").Field("success_action_redirect", "javascript:alert(1)")
            .SignV4(ServerProcess.Root))).ShouldBe(204);
    }

    [Fact]
    public async Task What_the_policy_does_not_allow_is_denied()
    {
        var bucket = await NewBucketAsync();
        await DeniedAsync(new FormPost { Expiration = "2020-01-01T00:00:00Z" }.Field("key", "k")
            .Condition(Bucket(bucket)), "Policy expired.");
        await DeniedAsync(Form(bucket, "k").Unmentioned("acl", "private"), "Extra input fields: acl");
        await DeniedAsync(Form(bucket, "k").Condition("""{"x-amz-meta-a": "b"}"""),
            "Policy Condition failed: [\"eq\", \"$x-amz-meta-a\", \"b\"]");
        await DeniedAsync(Form("another", "k"), "Policy Condition failed: [\"eq\", \"$bucket\", \"another\"]");
        (await Raw.GetAsync($"/{bucket}/k")).ShouldBeError(404, "NoSuchKey");

        async Task DeniedAsync(FormPost form, string reason) =>
            (await PostAsync(bucket, form.SignV4(ServerProcess.Root)))
                .ShouldBeError(403, "AccessDenied", $"Invalid according to Policy: {reason}");
    }

    [Theory]
    [InlineData(0, 6, "EntityTooLarge")]
    [InlineData(8, 10, "EntityTooSmall")]
    public async Task A_file_of_another_length_than_allowed_is_refused(int least, int most, string code)
    {
        var bucket = await NewBucketAsync();
        (await PostAsync(bucket, Form(bucket, "k").Condition($"[\"content-length-range\", {least}, {most}]")
            .SignV4(ServerProcess.Root))).ShouldBeError(400, code);
        (await Raw.GetAsync($"/{bucket}/k")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Who_sends_it_must_be_proven()
    {
        var bucket = await NewBucketAsync();
        var wrong = ServerProcess.Root with { SecretKey = "wrong" };
        (await PostAsync(bucket, Form(bucket, "k").SignV4(wrong))).ShouldBeError(403, "SignatureDoesNotMatch");
        (await PostAsync(bucket, Form(bucket, "k").SignV2(wrong))).ShouldBeError(403, "SignatureDoesNotMatch");
        var unknown = ServerProcess.Root with { AccessKey = "AKUNKNOWN" };
        (await PostAsync(bucket, Form(bucket, "k").SignV4(unknown))).ShouldBeError(403, "InvalidAccessKeyId");
        (await PostAsync(bucket, Form(bucket, "k"))).ShouldBeError(403, "AccessDenied");
        (await PostAsync(bucket, Form(bucket, "k").Unmentioned("AWSAccessKeyId", "A").Unmentioned("policy", "e30=")))
            .ShouldBeError(400, "InvalidArgument", "Bucket POST must contain a field named 'signature'.  If it is " +
                "specified, please check the order of the fields.");
        (await PostAsync(bucket, Form(bucket, "k").Unmentioned("x-amz-security-token", "t").SignV4(ServerProcess.Root)))
            .ShouldBeError(400, "InvalidToken");
        (await PostAsync(bucket, Form(bucket, "k")
            .Unmentioned("policy", "e30=").Unmentioned("x-amz-algorithm", "AWS4-HMAC-SHA256")
            .Unmentioned("x-amz-credential", "A/20300101/us-east-1/s3/aws4_request")
            .Unmentioned("x-amz-date", "yesterday").Unmentioned("x-amz-signature", "s")))
            .ShouldBeError(400, "InvalidArgument");
    }

    [Fact]
    public async Task A_user_posts_into_its_own_buckets_only()
    {
        var bucket = await NewBucketAsync();
        var user = await Users.AddAsync(Server);
        (await PostAsync(bucket, Form(bucket, "k").SignV4(user.Credentials))).ShouldBeError(403, "AccessDenied");
        (await PostAsync(UniqueName(), Form("x", "k"))).Status.ShouldBeOneOf(403, 404);
    }

    [Theory]
    [InlineData("text/plain", 412, "PreconditionFailed")]
    [InlineData("multipart/form-data", 400, "MalformedPOSTRequest")]
    [InlineData("multipart/form-data; boundary=other", 400, "MalformedPOSTRequest")]
    public async Task What_is_no_form_is_refused(string contentType, int status, string code)
    {
        var bucket = await NewBucketAsync();
        var request = Form(bucket, "k").SignV4(ServerProcess.Root).To(bucket);
        request.Headers["Content-Type"] = contentType;
        (await Raw.SendAsync(request)).ShouldBeError(status, code);
    }

    [Fact]
    public async Task A_checksum_is_verified_and_kept()
    {
        var bucket = await NewBucketAsync();
        (await PostAsync(bucket, Form(bucket, "k").Field("x-amz-checksum-crc32", "AAAAAA==")
            .SignV4(ServerProcess.Root))).ShouldBeError(400, "BadDigest");
        const string sha1 = "BA8G/XdAkkeNRQd09bowxdp4rMg=";
        (await PostAsync(bucket, Form(bucket, "k").Field("x-amz-checksum-sha1", sha1).SignV4(ServerProcess.Root)))
            .ShouldBe(204).Header("x-amz-checksum-sha1").ShouldBe(sha1);
    }

    [Fact]
    public async Task Acl_and_tags_come_in_fields_of_their_own()
    {
        var bucket = await NewBucketAsync();
        const string tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>";
        (await PostAsync(bucket, Form(bucket, "k")
            .Field("acl", "public-read", "[\"starts-with\", \"$acl\", \"\"]")
            .Field("tagging", tagging, "[\"starts-with\", \"$tagging\", \"\"]")
            .SignV4(ServerProcess.Root))).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/k?tagging")).ShouldBe(200).Element("Value").ShouldBe("b");
        (await Raw.GetAsync($"/{bucket}/k?acl")).ShouldBe(200).Text.ShouldContain("AllUsers");
    }

    [Theory]
    [InlineData("tagging", "<Tagging>", 400, "MalformedXML")]
    [InlineData("x-amz-server-side-encryption", "AES256", 501, "NotImplemented")]
    [InlineData("x-amz-meta-a", "b\nc", 400, "InvalidArgument")]
    public async Task A_field_does_what_its_header_does(string name, string value, int status, string code)
    {
        var bucket = await NewBucketAsync();
        (await PostAsync(bucket, Form(bucket, "k").Field(name, value, $"[\"starts-with\", \"${name}\", \"\"]")
            .SignV4(ServerProcess.Root))).ShouldBeError(status, code);
    }

    private static FormPost Form(string bucket, string key) =>
        new FormPost().Field("key", key).Condition(Bucket(bucket));

    private static string Bucket(string name) => $$"""{"bucket": "{{name}}"}""";

    private Task<RawResponse> PostAsync(string bucket, FormPost form) => Raw.SendAsync(form.To(bucket));
}
