namespace CasStore.Tests.Integration.Access;

/// <summary>PutObjectAcl and GetObjectAcl, lists on new objects, and what an object's list grants.</summary>
public sealed class ObjectAclTests : AccessTests
{
    [Theory]
    [InlineData("private", 403, 403)]
    [InlineData("public-read", 200, 200)]
    [InlineData("public-read-write", 200, 200)]
    [InlineData("authenticated-read", 403, 200)]
    [InlineData("bucket-owner-read", 403, 403)]
    public async Task Canned_lists(string acl, int nobody, int bob)
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/later", "x");
        (await AsAlice("PUT", $"/{bucket}/later?acl", "", ("x-amz-acl", acl))).ShouldBe(200);
        (await AsAlice("PUT", $"/{bucket}/put", "x", ("x-amz-acl", acl))).ShouldBe(200);
        (await AsAlice("PUT", $"/{bucket}/copied", "",
            ("x-amz-acl", acl), ("x-amz-copy-source", $"/{bucket}/put"))).ShouldBe(200);
        var upload = (await AsAlice("POST", $"/{bucket}/parts?uploads", "", ("x-amz-acl", acl))).Element("UploadId");
        var etag = (await AsAlice("PUT", $"/{bucket}/parts?partNumber=1&uploadId={upload}", "x")).Header("ETag");
        (await AsAlice("POST", $"/{bucket}/parts?uploadId={upload}",
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>" +
            "</CompleteMultipartUpload>")).ShouldBe(200);
        foreach (var key in new[] { "later", "put", "copied", "parts" })
        {
            (await AsNobody("GET", $"/{bucket}/{key}")).ShouldBe(nobody);
            (await AsBob("HEAD", $"/{bucket}/{key}")).ShouldBe(bob);
            (await AsAlice("GET", $"/{bucket}/{key}")).ShouldBe(200);
            ShouldBeDenied(await AsBob("GET", $"/{bucket}/{key}?acl"));
            ShouldBeDenied(await AsBob("PUT", $"/{bucket}/{key}", "x"));
        }
    }

    [Fact]
    public async Task A_copy_does_not_take_the_list_along()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/public", "x", ("x-amz-acl", "public-read"));
        (await AsAlice("PUT", $"/{bucket}/copy", "", ("x-amz-copy-source", $"/{bucket}/public"))).ShouldBe(200);
        (await AsNobody("GET", $"/{bucket}/public")).ShouldBe(200);
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/copy"));
    }

    [Theory]
    [InlineData("read", true, false, false)]
    [InlineData("read-acp", false, true, false)]
    [InlineData("write-acp", false, false, true)]
    [InlineData("full-control", true, true, true)]
    public async Task Permissions(string permission, bool reads, bool readsAcl, bool putsAcl)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}/key", "x", ($"x-amz-grant-{permission}", $"id={Bob.UserId}"))).ShouldBe(200);
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(reads ? 200 : 403);
        (await AsBob("GET", $"/{bucket}/key?acl")).ShouldBe(readsAcl ? 200 : 403);
        (await AsBob("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", "private"))).ShouldBe(putsAcl ? 200 : 403);
        (await AsAlice("GET", $"/{bucket}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task A_list_shows_the_owner_and_its_grants()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        (await AsAlice("GET", $"/{bucket}/key?acl")).ShouldBe(200).Elements("Permission").ShouldBe(["FULL_CONTROL"]);
        (await AsAlice("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", "public-read"))).ShouldBe(200);
        var acl = (await AsAlice("GET", $"/{bucket}/key?acl")).ShouldBe(200);
        acl.Elements("Permission").ShouldBe(["FULL_CONTROL", "READ"]);
        acl.Elements("ID").ShouldBe([Alice.UserId, Alice.UserId]);
        (await AsAlice("PUT", $"/{bucket}/key?acl", acl.Text)).ShouldBe(200);
        (await AsAlice("GET", $"/{bucket}/key?acl")).ShouldBe(200).Text.ShouldBe(acl.Text);
        (await AsAlice("PUT", $"/{bucket}/key", "new")).ShouldBe(200);
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
    }

    [Fact]
    public async Task Each_version_has_a_list_of_its_own()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?versioning",
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")).ShouldBe(200);
        var first = (await AsAlice("PUT", $"/{bucket}/key", "1")).Header("x-amz-version-id");
        var second = (await AsAlice("PUT", $"/{bucket}/key", "2", ("x-amz-acl", "public-read")))
            .Header("x-amz-version-id");
        (await AsNobody("GET", $"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("2");
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key?versionId={first}"));
        (await AsAlice("PUT", $"/{bucket}/key?acl&versionId={first}", "", ("x-amz-acl", "public-read")))
            .ShouldBe(200).Header("x-amz-version-id").ShouldBe(first);
        (await AsAlice("PUT", $"/{bucket}/key?acl&versionId={second}", "", ("x-amz-acl", "private"))).ShouldBe(200);
        (await AsNobody("GET", $"/{bucket}/key?versionId={first}")).ShouldBe(200).Text.ShouldBe("1");
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
        (await AsAlice("GET", $"/{bucket}/key?acl&versionId={first}")).ShouldBe(200)
            .Elements("Permission").ShouldBe(["FULL_CONTROL", "READ"]);
        (await AsAlice("DELETE", $"/{bucket}/key")).ShouldBe(204);
        (await AsAlice("GET", $"/{bucket}/key?acl")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("GET", "nothing?acl", "NoSuchKey")]
    [InlineData("PUT", "nothing?acl", "NoSuchKey")]
    [InlineData("GET", "key?acl&versionId=0000000000000001", "NoSuchVersion")]
    [InlineData("GET", "nothing?acl&versionId=null", "NoSuchVersion")]
    public async Task What_is_not_there_has_no_list(string method, string rest, string code)
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        (await AsAlice(method, $"/{bucket}/{rest}", "", method == "PUT" ? [("x-amz-acl", "private")] : []))
            .ShouldBeError(404, code);
        ShouldBeDenied(await AsBob(method, $"/{bucket}/{rest}"));
        ShouldBeDenied(await AsNobody(method, $"/{bucket}/{rest}"));
    }

    [Theory]
    [InlineData("x-amz-acl", "public", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "id=unknown", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "emailAddress=nobody@nowhere.example", "UnresolvableGrantByEmailAddress")]
    [InlineData("x-amz-grant-read", "bob", "InvalidArgument")]
    public async Task Wrong_headers_are_refused(string header, string value, string code)
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        (await AsAlice("PUT", $"/{bucket}/key?acl", "", (header, value))).ShouldBeError(400, code);
        (await AsAlice("PUT", $"/{bucket}/new", "x", (header, value))).ShouldBeError(400, code);
        (await AsAlice("POST", $"/{bucket}/new?uploads", "", (header, value))).ShouldBeError(400, code);
        (await AsAlice("GET", $"/{bucket}/new")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_list_comes_in_one_way_and_well_formed()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        (await AsAlice("PUT", $"/{bucket}/key?acl")).ShouldBeError(400, "MissingSecurityHeader");
        (await AsAlice("PUT", $"/{bucket}/key?acl", "<x/>")).ShouldBeError(400, "MalformedACLError");
        (await AsAlice("PUT", $"/{bucket}/key?acl", "<x/>", ("x-amz-acl", "private")))
            .ShouldBeError(400, "UnexpectedContent");
    }

    [Fact]
    public async Task A_policy_can_deny_writes_that_put_a_list()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Deny", ToAll, "s3:PutObjectAcl", $"{bucket}/*"));
        (await AsAlice("PUT", $"/{bucket}/key", "x")).ShouldBe(200);
        ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/key", "x", ("x-amz-acl", "public-read")));
        ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", "public-read")));
    }

    [Fact]
    public async Task A_policy_denies_what_a_list_grants()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x", ("x-amz-acl", "public-read"));
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(200);
        await PutPolicyAsync(bucket, Statement("Deny", ToBob, "s3:GetObject", $"{bucket}/*"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/key"));
        (await AsNobody("GET", $"/{bucket}/key")).ShouldBe(200);
    }
}
