namespace CasStore.Tests.Integration.Access;

/// <summary>PutPublicAccessBlock, GetPublicAccessBlock and DeletePublicAccessBlock, and what they keep out.</summary>
public sealed class PublicAccessBlockTests : AccessTests
{
    [Fact]
    public async Task Settings_are_given_back_and_go()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("GET", $"/{bucket}?publicAccessBlock")).ShouldBeError(
            404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
        await BlockAsync(bucket, "BlockPublicAcls", "RestrictPublicBuckets");
        var got = (await AsAlice("GET", $"/{bucket}?publicAccessBlock")).ShouldBe(200);
        got.Element("BlockPublicAcls").ShouldBe("true");
        got.Element("IgnorePublicAcls").ShouldBe("false");
        got.Element("BlockPublicPolicy").ShouldBe("false");
        got.Element("RestrictPublicBuckets").ShouldBe("true");
        (await AsAlice("DELETE", $"/{bucket}?publicAccessBlock")).ShouldBe(204);
        (await AsAlice("GET", $"/{bucket}?publicAccessBlock")).ShouldBeError(
            404, "NoSuchPublicAccessBlockConfiguration");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Wrong/>")]
    [InlineData("<PublicAccessBlockConfiguration><Other>true</Other></PublicAccessBlockConfiguration>")]
    [InlineData(
        "<PublicAccessBlockConfiguration><BlockPublicAcls>on</BlockPublicAcls></PublicAccessBlockConfiguration>")]
    public async Task Malformed_settings_are_refused(string body)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?publicAccessBlock", body)).ShouldBeError(400, "MalformedXML");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Others_may_not(string method)
    {
        var bucket = await AliceBucketAsync();
        ShouldBeDenied(await AsBob(method, $"/{bucket}?publicAccessBlock"));
        ShouldBeDenied(await AsNobody(method, $"/{bucket}?publicAccessBlock"));
    }

    [Fact]
    public async Task BlockPublicPolicy_refuses_policies_that_let_in_the_public()
    {
        var bucket = await AliceBucketAsync();
        await BlockAsync(bucket, "BlockPublicPolicy");
        ShouldBeDenied(await AsAlice(
            "PUT", $"/{bucket}?policy", Policy(Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*"))));
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*"));
    }

    [Fact]
    public async Task RestrictPublicBuckets_leaves_the_owner_only()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*"));
        (await AsNobody("GET", $"/{bucket}/key")).ShouldBe(200);
        await BlockAsync(bucket, "RestrictPublicBuckets");
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/key"));
        (await AsAlice("GET", $"/{bucket}/key")).ShouldBe(200);
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*"));
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task BlockPublicAcls_refuses_lists_that_let_in_the_public()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "x");
        await BlockAsync(bucket, "BlockPublicAcls");
        foreach (var acl in new[] { "public-read", "public-read-write", "authenticated-read" })
        {
            ShouldBeDenied(await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", acl)));
            ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", acl)));
            ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/new", "x", ("x-amz-acl", acl)));
            ShouldBeDenied(await AsAlice("POST", $"/{bucket}/new?uploads", "", ("x-amz-acl", acl)));
        }
        (await AsAlice("PUT", $"/{bucket}/new", "x", ("x-amz-grant-read", $"id={Bob.UserId}"))).ShouldBe(200);
    }

    [Fact]
    public async Task IgnorePublicAcls_makes_lists_that_let_in_the_public_say_nothing()
    {
        var bucket = await AliceBucketAsync(("x-amz-acl", "public-read"));
        (await AsAlice("PUT", $"/{bucket}/key", "x", ("x-amz-acl", "public-read"))).ShouldBe(200);
        (await AsNobody("GET", $"/{bucket}/key")).ShouldBe(200);
        (await AsNobody("GET", $"/{bucket}")).ShouldBe(200);
        await BlockAsync(bucket, "IgnorePublicAcls");
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}"));
        (await AsAlice("GET", $"/{bucket}/key")).ShouldBe(200);
        (await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", "public-read"))).ShouldBe(200);
    }

    private async Task BlockAsync(string bucket, params string[] settings) => (await AsAlice(
        "PUT", $"/{bucket}?publicAccessBlock",
        "<PublicAccessBlockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + string.Concat(settings.Select(name => $"<{name}>true</{name}>"))
        + "</PublicAccessBlockConfiguration>")).ShouldBe(200);
}
