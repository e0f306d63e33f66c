using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Access;

/// <summary>What policies allow and deny, on requests as they come in.</summary>
public sealed class PolicyEvaluationTests : AccessTests
{
    [Fact]
    public async Task What_is_allowed_to_one_user_is_not_to_another()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "content");
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*"));
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("content");
        (await AsBob("HEAD", $"/{bucket}/key")).ShouldBe(200);
        ShouldBeDenied(await AsBob("PUT", $"/{bucket}/key", "x"));
        ShouldBeDenied(await AsBob("DELETE", $"/{bucket}/key"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}"));
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsAsync(await Users.AddAsync(Server), "GET", $"/{bucket}/key", ""));
    }

    [Fact]
    public async Task A_policy_can_let_in_everybody()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/public/key", "content");
        await AsAlice("PUT", $"/{bucket}/private/key", "content");
        await PutPolicyAsync(bucket,
            Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/public/*"),
            Statement("Allow", """{"AWS":"*"}""", "s3:ListBucket", bucket));
        (await AsNobody("GET", $"/{bucket}/public/key")).ShouldBe(200).Text.ShouldBe("content");
        (await AsNobody("GET", $"/{bucket}?list-type=2")).ShouldBe(200);
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/private/key"));
        ShouldBeDenied(await AsNobody("PUT", $"/{bucket}/public/key", "x"));
    }

    [Fact]
    public async Task A_missing_key_is_told_of_to_who_may_list()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/nothing"));
        (await AsBob("HEAD", $"/{bucket}/nothing")).ShouldBe(403);
        (await AsAlice("GET", $"/{bucket}/nothing")).ShouldBeError(404, "NoSuchKey");
        await PutPolicyAsync(bucket,
            Statement("Allow", ToAll, "s3:GetObject s3:ListBucket", $"{bucket} {bucket}/*"));
        (await AsBob("GET", $"/{bucket}/nothing")).ShouldBeError(404, "NoSuchKey");
        (await AsNobody("HEAD", $"/{bucket}/nothing")).ShouldBe(404);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("line%0Abreak")]
    [InlineData("*")]
    [InlineData("%D0%BA%D0%BB%D1%8E%D1%87/%F0%9F%98%80")]
    public async Task Deny_wins_over_allow_and_ownership(string name)
    {
        var bucket = await AliceBucketAsync();
        var target = $"/{bucket}/secret/{name}";
        (await AsAlice("PUT", target, "content")).ShouldBe(200);
        await PutPolicyAsync(bucket,
            Statement("Allow", ToAll, "s3:*", $"{bucket}/*"),
            Statement("Deny", ToAll, "s3:GetObject s3:DeleteObject", $"{bucket}/secret/*"));
        ShouldBeDenied(await AsAlice("GET", target));
        ShouldBeDenied(await AsBob("GET", target));
        ShouldBeDenied(await Raw.GetAsync(target));
        ShouldBeDenied(await AsAlice("DELETE", target));
        (await AsBob("PUT", target, "other")).ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["127.0.0.0/8","::1"]}}""", true)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":["127.0.0.0/8","::1"]}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"false"}}""", true)]
    [InlineData("""{"StringLike":{"aws:Referer":"http://example.com/*"}}""", true)]
    [InlineData("""{"StringLike":{"aws:UserAgent":"casstore-*"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:username":"BOB"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:userid":"BOBID"}}""", true)]
    [InlineData("""{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/BOB"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:PrincipalType":"User"}}""", true)]
    [InlineData("""{"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"}}""", true)]
    [InlineData("""{"DateLessThan":{"aws:EpochTime":"1577836800"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:authType":"REST-HEADER"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:signatureversion":"AWS4-HMAC-SHA256"}}""", true)]
    [InlineData("""{"Null":{"s3:signatureAge":"true"}}""", true)]
    [InlineData("""{"StringLike":{"s3:x-amz-content-sha256":"?*"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:prefix":"a/","s3:delimiter":"/"}}""", true)]
    [InlineData("""{"NumericLessThanEquals":{"s3:max-keys":"10"}}""", true)]
    [InlineData("""{"NumericLessThanEquals":{"s3:max-keys":"9"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:prefix":"b/"}}""", false)]
    [InlineData("""{"StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:SourceVpc":"vpc-1"}}""", false)]
    public async Task Conditions_on_a_listing(string condition, bool allowed)
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:ListBucket", bucket,
            condition.Replace("BOBID", Bob.UserId).Replace("BOB", Bob.Name)));
        var answer = await AsBob("GET", $"/{bucket}?prefix=a/&delimiter=/&max-keys=10", "",
            ("Referer", "http://example.com/page"), ("User-Agent", "casstore-tests"));
        answer.Status.ShouldBe(allowed ? 200 : 403, answer.Text);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"s3:x-amz-storage-class":"STANDARD"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""", true)]
    [InlineData("""{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}""", false)]
    [InlineData("""{"Null":{"s3:x-amz-server-side-encryption":"true"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:RequestObjectTag/team":"blue"}}""", true)]
    [InlineData("""{"StringEquals":{"s3:RequestObjectTag/team":"red"}}""", false)]
    [InlineData("""{"ForAllValues:StringEquals":{"s3:RequestObjectTagKeys":["team","site"]}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"s3:RequestObjectTagKeys":["site"]}}""", false)]
    [InlineData("""{"StringEquals":{"s3:if-none-match":"*"}}""", true)]
    public async Task Conditions_on_a_write(string condition, bool allowed)
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket,
            Statement("Allow", ToAll, "s3:PutObject", $"{bucket}/*", condition),
            Statement("Allow", ToAll, "s3:PutObjectTagging", $"{bucket}/*"));
        var answer = await AsBob("PUT", $"/{bucket}/key", "x", ("x-amz-storage-class", "STANDARD"),
            ("x-amz-acl", "bucket-owner-full-control"), ("x-amz-tagging", "team=blue"), ("If-None-Match", "*"));
        answer.Status.ShouldBe(allowed ? 200 : 403, answer.Text);
    }

    [Fact]
    public async Task Tags_of_a_write_need_a_permission_of_their_own()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:PutObject", $"{bucket}/*"));
        ShouldBeDenied(await AsBob("PUT", $"/{bucket}/key", "x", ("x-amz-tagging", "a=b")));
        (await AsBob("PUT", $"/{bucket}/key", "x")).ShouldBe(200);
    }

    [Fact]
    public async Task The_tags_of_an_object_decide()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/public", "x", ("x-amz-tagging", "security=public"));
        await AsAlice("PUT", $"/{bucket}/private", "x", ("x-amz-tagging", "security=private"));
        await AsAlice("PUT", $"/{bucket}/none", "x");
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*",
            """{"StringEquals":{"s3:ExistingObjectTag/security":"public"}}"""));
        (await AsBob("GET", $"/{bucket}/public")).ShouldBe(200);
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/private"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/none"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/missing"));
    }

    [Fact]
    public async Task A_variable_gives_each_user_a_folder()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket,
            Statement("Allow", ToAll, "s3:PutObject s3:GetObject", $"{bucket}/home/${{aws:username}}/*"));
        (await AsBob("PUT", $"/{bucket}/home/{Bob.Name}/key", "x")).ShouldBe(200);
        ShouldBeDenied(await AsBob("PUT", $"/{bucket}/home/{Alice.Name}/key", "x"));
        ShouldBeDenied(await AsBob("PUT", $"/{bucket}/home/*/key", "x"));
        ShouldBeDenied(await AsNobody("PUT", $"/{bucket}/home//key", "x"));
    }

    [Fact]
    public async Task Deletion_of_many_is_decided_key_by_key()
    {
        var bucket = await AliceBucketAsync();
        foreach (var key in new[] { "a/1", "b/1" })
            await AsAlice("PUT", $"/{bucket}/{key}", "x");
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:DeleteObject", $"{bucket}/a/*"));
        const string Body = "<Delete><Object><Key>a/1</Key></Object><Object><Key>b/1</Key></Object></Delete>";
        var md5 = Convert.ToBase64String(
            System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(Body)));
        var answer = (await AsBob("POST", $"/{bucket}?delete", Body, ("Content-MD5", md5))).ShouldBe(200);
        answer.Elements("Key").ShouldBe(["a/1", "b/1"], ignoreOrder: true);
        answer.Elements("Code").ShouldBe(["AccessDenied"]);
        (await AsAlice("GET", $"/{bucket}/a/1")).ShouldBeError(404, "NoSuchKey");
        (await AsAlice("GET", $"/{bucket}/b/1")).ShouldBe(200);
        await AsAlice("DELETE", $"/{bucket}?policy");
        ShouldBeDenied(await AsBob("POST", $"/{bucket}?delete", Body, ("Content-MD5", md5)));
    }

    [Fact]
    public async Task A_copy_needs_leave_on_both_sides()
    {
        var source = await AliceBucketAsync();
        var target = await AliceBucketAsync();
        await AsAlice("PUT", $"/{source}/public/key", "x");
        await AsAlice("PUT", $"/{source}/private/key", "x");
        await PutPolicyAsync(source, Statement("Allow", ToBob, "s3:GetObject", $"{source}/public/*"));
        ShouldBeDenied(await CopyAsync("public/key"));
        await PutPolicyAsync(target, Statement("Allow", ToBob, "s3:PutObject", $"{target}/*",
            """{"StringLike":{"s3:x-amz-copy-source":"SOURCE/*"}}""".Replace("SOURCE", source)));
        (await CopyAsync("public/key")).ShouldBe(200);
        ShouldBeDenied(await CopyAsync("private/key"));
        ShouldBeDenied(await CopyAsync("public/nothing"));
        ShouldBeDenied(await AsBob("PUT", $"/{target}/plain", "x"));

        Task<RawResponse> CopyAsync(string key) =>
            AsBob("PUT", $"/{target}/copy", "", ("x-amz-copy-source", $"/{source}/{key}"));
    }

    [Fact]
    public async Task A_version_needs_the_permission_for_versions()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*"));
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(200);
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/key?versionId=null"));
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObjectVersion", $"{bucket}/*"));
        (await AsBob("GET", $"/{bucket}/key?versionId=null")).ShouldBe(200);
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/key"));
    }

    [Fact]
    public async Task Who_starts_an_upload_may_give_it_up()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:PutObject", $"{bucket}/*"));
        var upload = (await AsBob("POST", $"/{bucket}/key?uploads")).ShouldBe(200).Element("UploadId");
        (await AsBob("PUT", $"/{bucket}/key?partNumber=1&uploadId={upload}", "x")).ShouldBe(200);
        (await AsBob("GET", $"/{bucket}/key?uploadId={upload}")).ShouldBe(200);
        ShouldBeDenied(await AsNobody("DELETE", $"/{bucket}/key?uploadId={upload}"));
        (await AsBob("DELETE", $"/{bucket}/key?uploadId={upload}")).ShouldBe(204);
        var alices = (await AsAlice("POST", $"/{bucket}/key?uploads")).ShouldBe(200).Element("UploadId");
        ShouldBeDenied(await AsBob("DELETE", $"/{bucket}/key?uploadId={alices}"));
    }

    [Theory]
    [InlineData("x-amz-expected-bucket-owner")]
    [InlineData("x-amz-source-expected-bucket-owner")]
    public async Task The_bucket_must_have_the_expected_owner(string header)
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        (await CopyAsync(Alice.UserId)).ShouldBe(200);
        ShouldBeDenied(await CopyAsync(Bob.UserId));

        Task<RawResponse> CopyAsync(string owner) => AsAlice(
            "PUT", $"/{bucket}/copy", "", ("x-amz-copy-source", $"/{bucket}/key"), (header, owner));
    }

    [Fact]
    public async Task What_is_denied_is_refused_before_the_body_is_read()
    {
        var bucket = await AliceBucketAsync();
        using var connection = await Raw.BeginAsync(
            new RawRequest("PUT", $"/{bucket}/key") { Who = Bob.Credentials, PayloadHash = "UNSIGNED-PAYLOAD" },
            contentLength: 1 << 30);
        (await connection.ReadResponseAsync()).ShouldNotBeNull().ShouldBeError(403, "AccessDenied");
    }

    [Theory]
    [InlineData("""{"StringEquals":{"s3:authType":"REST-QUERY-STRING"}}""", 200)]
    [InlineData("""{"StringEquals":{"s3:authType":"REST-HEADER"}}""", 403)]
    [InlineData("""{"NumericLessThan":{"s3:signatureAge":"600000"}}""", 200)]
    [InlineData("""{"NumericLessThan":{"s3:signatureAge":"60000"}}""", 403)]
    public async Task A_presigned_URL_is_judged_as_its_signer(string condition, int status)
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        var url = SignatureV4.Presign(
            Bob.Credentials, "GET", $"/{bucket}/key", Raw.Host, TimeSpan.FromHours(1), DateTime.UtcNow.AddMinutes(-5));
        ShouldBeDenied(await AsNobody("GET", url));
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*", condition));
        (await AsNobody("GET", url)).ShouldBe(status);
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
    }

    [Fact]
    public async Task A_copy_that_takes_tags_along_needs_leave_to_tag()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/tagged", "x", ("x-amz-tagging", "a=b"));
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject s3:PutObject", $"{bucket}/*"));
        ShouldBeDenied(await AsBob("PUT", $"/{bucket}/copy", "", ("x-amz-copy-source", $"/{bucket}/tagged")));
        (await AsBob("PUT", $"/{bucket}/copy", "", ("x-amz-copy-source", $"/{bucket}/tagged"),
            ("x-amz-tagging-directive", "REPLACE"))).ShouldBe(200);
    }

    [Fact]
    public async Task Governance_is_bypassed_by_who_may()
    {
        var bucket = await AliceBucketAsync(("x-amz-bucket-object-lock-enabled", "true"));
        var until = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var version = (await AsAlice("PUT", $"/{bucket}/key", "x", ("x-amz-object-lock-mode", "GOVERNANCE"),
            ("x-amz-object-lock-retain-until-date", until), ("Content-MD5", "ndTkYSaMgDT1yFZOFVxnpg==")))
            .ShouldBe(200).Header("x-amz-version-id");
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:DeleteObjectVersion", $"{bucket}/*"));
        ShouldBeDenied(await DeleteAsync(Bob));
        await PutPolicyAsync(bucket,
            Statement("Allow", ToBob, "s3:DeleteObjectVersion s3:BypassGovernanceRetention", $"{bucket}/*"));
        (await DeleteAsync(Bob)).ShouldBe(204);

        Task<RawResponse> DeleteAsync(TestUser who) => AsAsync(
            who, "DELETE", $"/{bucket}/key?versionId={version}", "", ("x-amz-bypass-governance-retention", "true"));
    }
}
