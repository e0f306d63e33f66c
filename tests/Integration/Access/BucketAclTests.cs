using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Access;

/// <summary>PutBucketAcl and GetBucketAcl, and what a bucket's list grants.</summary>
public sealed class BucketAclTests : AccessTests
{
    [Fact]
    public async Task A_bucket_is_private_at_first()
    {
        var bucket = await AliceBucketAsync();
        var acl = (await AsAlice("GET", $"/{bucket}?acl")).ShouldBe(200);
        acl.Elements("ID").ShouldBe([Alice.UserId, Alice.UserId]);
        acl.Elements("DisplayName").ShouldBe([$"{Alice.Name} display", $"{Alice.Name} display"]);
        acl.Elements("Permission").ShouldBe(["FULL_CONTROL"]);
        acl.Text.ShouldContain(
            "<Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\">");
    }

    [Theory]
    [InlineData("private", 403, 403, 403)]
    [InlineData("public-read", 200, 200, 403)]
    [InlineData("public-read-write", 200, 200, 200)]
    [InlineData("authenticated-read", 403, 200, 403)]
    [InlineData("log-delivery-write", 403, 403, 403)]
    public async Task Canned_lists(string acl, int nobodyLists, int bobLists, int nobodyPuts)
    {
        foreach (var atCreation in new[] { true, false })
        {
            var bucket = await AliceBucketAsync(atCreation ? [("x-amz-acl", acl)] : []);
            if (!atCreation)
                (await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", acl))).ShouldBe(200);
            (await AsNobody("GET", $"/{bucket}")).ShouldBe(nobodyLists);
            (await AsBob("GET", $"/{bucket}?list-type=2")).ShouldBe(bobLists);
            (await AsNobody("PUT", $"/{bucket}/key", "x")).ShouldBe(nobodyPuts);
            ShouldBeDenied(await AsBob("GET", $"/{bucket}?acl"));
            (await AsAlice("PUT", $"/{bucket}/own", "x")).ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("READ", true, false, false, false)]
    [InlineData("WRITE", false, true, false, false)]
    [InlineData("READ_ACP", false, false, true, false)]
    [InlineData("WRITE_ACP", false, false, false, true)]
    [InlineData("FULL_CONTROL", true, true, true, true)]
    public async Task Permissions(string permission, bool lists, bool puts, bool readsAcl, bool putsAcl)
    {
        var bucket = await AliceBucketAsync();
        await PutAclAsync(bucket, Grant(User(Alice), "FULL_CONTROL"), Grant(User(Bob), permission));
        (await AsBob("GET", $"/{bucket}")).ShouldBe(lists ? 200 : 403);
        (await AsBob("PUT", $"/{bucket}/key", "x")).ShouldBe(puts ? 200 : 403);
        (await AsBob("DELETE", $"/{bucket}/key")).ShouldBe(puts ? 204 : 403);
        (await AsBob("GET", $"/{bucket}?acl")).ShouldBe(readsAcl ? 200 : 403);
        (await AsBob("PUT", $"/{bucket}?acl", "", ("x-amz-acl", "private"))).ShouldBe(putsAcl ? 200 : 403);
        (await AsBob("DELETE", $"/{bucket}")).ShouldBe(403);
    }

    [Fact]
    public async Task Grants_in_headers()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?acl", "",
            ("x-amz-grant-full-control", $"id=\"{Alice.UserId}\""),
            ("x-amz-grant-read", "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\", id=" + Bob.UserId),
            ("x-amz-grant-write-acp", $"emailAddress={Bob.Name}@example.com"))).ShouldBe(200);
        var acl = (await AsAlice("GET", $"/{bucket}?acl")).ShouldBe(200);
        acl.Elements("Permission").ShouldBe(["FULL_CONTROL", "READ", "READ", "WRITE_ACP"]);
        acl.Elements("URI").ShouldBe(["http://acs.amazonaws.com/groups/global/AllUsers"]);
        acl.Elements("ID").ShouldBe([Alice.UserId, Alice.UserId, Bob.UserId, Bob.UserId]);
    }

    [Fact]
    public async Task The_owner_who_takes_his_grants_away_keeps_the_list()
    {
        var bucket = await AliceBucketAsync();
        await PutAclAsync(bucket);
        (await AsAlice("GET", $"/{bucket}?acl")).ShouldBe(200).Elements("Permission").ShouldBeEmpty();
        ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/key", "x"));
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}"));
        (await AsAlice("GET", $"/{bucket}?policyStatus")).ShouldBe(200);
        (await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", "private"))).ShouldBe(200);
        (await AsAlice("PUT", $"/{bucket}/key", "x")).ShouldBe(200);
    }

    [Theory]
    [InlineData("x-amz-acl", "public", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "id=unknown", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "uri=http://example.com/group", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "emailAddress=nobody@nowhere.example", "UnresolvableGrantByEmailAddress")]
    [InlineData("x-amz-grant-read", "name=bob", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "bob", "InvalidArgument")]
    public async Task Wrong_headers_are_refused(string header, string value, string code)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?acl", "", (header, value))).ShouldBeError(400, code);
        var name = UniqueName();
        (await AsAlice("PUT", $"/{name}", "", (header, value))).ShouldBeError(400, code);
        (await AsAlice("HEAD", $"/{name}")).ShouldBe(404);
    }

    [Fact]
    public async Task A_list_comes_in_one_way()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?acl")).ShouldBeError(400, "MissingSecurityHeader");
        (await AsAlice("PUT", $"/{bucket}?acl", Acl(Alice, ""), ("x-amz-acl", "private")))
            .ShouldBeError(400, "UnexpectedContent", "This request does not support content");
        (await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", "private"),
            ("x-amz-grant-read", $"id={Bob.UserId}"))).ShouldBeError(
                400, "InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("<AccessControlPolicy/>")]
    [InlineData("<AccessControlPolicy><Owner><ID>OWNER</ID></Owner></AccessControlPolicy>")]
    [InlineData("<AccessControlPolicy><AccessControlList/></AccessControlPolicy>")]
    [InlineData("""
        <AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee><ID>OWNER</ID></Grantee>
        <Permission>EVERYTHING</Permission></Grant></AccessControlList></AccessControlPolicy>
        """)]
    [InlineData("""
        <AccessControlPolicy><Owner><ID>OWNER</ID></Owner><AccessControlList><Grant><Grantee/>
        <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>
        """)]
    public async Task A_malformed_list_is_refused(string body)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?acl", body.Replace("OWNER", Alice.UserId)))
            .ShouldBeError(400, "MalformedACLError");
    }

    [Fact]
    public async Task A_list_names_users_that_there_are_and_the_owner_that_there_is()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?acl", Acl(Alice, Grant("<ID>nobody</ID>", "READ"))))
            .ShouldBeError(400, "InvalidArgument", "Invalid id");
        (await AsAlice("PUT", $"/{bucket}?acl",
            Acl(Alice, Grant("<EmailAddress>nobody@nowhere.example</EmailAddress>", "READ"))))
            .ShouldBeError(400, "UnresolvableGrantByEmailAddress");
        ShouldBeDenied(await AsAlice("PUT", $"/{bucket}?acl", Acl(Bob, Grant(User(Bob), "READ"))));
        var many = string.Concat(Enumerable.Repeat(Grant(User(Bob), "READ"), 101));
        (await AsAlice("PUT", $"/{bucket}?acl", Acl(Alice, many))).ShouldBeError(400, "MalformedACLError");
        await PutAclAsync(bucket, Grant($"<EmailAddress>{Bob.Name}@example.com</EmailAddress>", "READ"));
        (await AsBob("GET", $"/{bucket}")).ShouldBe(200);
    }

    [Fact]
    public async Task What_is_given_back_can_be_put()
    {
        var bucket = await AliceBucketAsync(("x-amz-acl", "public-read-write"));
        var acl = (await AsAlice("GET", $"/{bucket}?acl")).ShouldBe(200).Text;
        (await AsAlice("PUT", $"/{bucket}?acl", acl)).ShouldBe(200);
        (await AsAlice("GET", $"/{bucket}?acl")).ShouldBe(200).Text.ShouldBe(acl);
    }

    private async Task PutAclAsync(string bucket, params string[] grants) =>
        (await AsAlice("PUT", $"/{bucket}?acl", Acl(Alice, string.Concat(grants)))).ShouldBe(200);

    private static string Acl(TestUser owner, string grants) =>
        "<AccessControlPolicy xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
        $"<Owner><ID>{owner.UserId}</ID></Owner><AccessControlList>{grants}</AccessControlList></AccessControlPolicy>";

    private static string Grant(string grantee, string permission) =>
        $"<Grant><Grantee>{grantee}</Grantee><Permission>{permission}</Permission></Grant>";

    private static string User(TestUser user) => $"<ID>{user.UserId}</ID>";
}
