using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Access;

/// <summary>PutBucketPolicy, GetBucketPolicy, DeleteBucketPolicy and GetBucketPolicyStatus.</summary>
public sealed class BucketPolicyTests : AccessTests
{
    [Fact]
    public async Task A_policy_is_given_back_as_it_was_put()
    {
        var bucket = await AliceBucketAsync();
        var policy = Policy(Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/ключ/*")) + "\n ";
        (await AsAlice("PUT", $"/{bucket}?policy", policy)).ShouldBe(204).Body.ShouldBeEmpty();
        var got = (await AsAlice("GET", $"/{bucket}?policy")).ShouldBe(200);
        got.Text.ShouldBe(policy);
        got.Header("Content-Type").ShouldBe("application/json");
        (await AsAlice("DELETE", $"/{bucket}?policy")).ShouldBe(204);
        (await AsAlice("DELETE", $"/{bucket}?policy")).ShouldBe(204);
        (await AsAlice("GET", $"/{bucket}?policy")).ShouldBeError(
            404, "NoSuchBucketPolicy", "The bucket policy does not exist").Element("BucketName").ShouldBe(bucket);
    }

    [Theory]
    [InlineData("", "Policies must be valid JSON and the first byte must be '{'")]
    [InlineData("{", "This policy contains invalid Json")]
    [InlineData("{}", "Missing required field Statement")]
    public async Task A_malformed_policy_is_refused(string policy, string message)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?policy", policy)).ShouldBeError(400, "MalformedPolicy", message);
        (await AsAlice("GET", $"/{bucket}?policy")).ShouldBeError(404, "NoSuchBucketPolicy");
    }

    [Fact]
    public async Task A_policy_must_be_of_its_bucket()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?policy", Policy(Statement("Allow", ToAll, "s3:GetObject", "other-bucket/*"))))
            .ShouldBeError(400, "MalformedPolicy", "Policy has invalid resource");
        (await AsAlice("PUT", $"/{bucket}?policy", Policy(Statement("Allow", ToAll, "s3:GetObject", bucket))))
            .ShouldBeError(400, "MalformedPolicy", "Action does not apply to any resource(s) in statement");
    }

    [Fact]
    public async Task A_policy_has_up_to_20_KB_besides_white_space()
    {
        var bucket = await AliceBucketAsync();
        var policy = Policy(Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/{new string('x', 20_000)}"));
        (await AsAlice("PUT", $"/{bucket}?policy", policy + new string(' ', 20_000))).ShouldBe(204);
        (await AsAlice("PUT", $"/{bucket}?policy", policy.Replace("xxx", "xxxx")))
            .ShouldBeError(400, "PolicyTooLarge");
    }

    [Fact]
    public async Task Invalid_UTF_8_is_refused()
    {
        var bucket = await AliceBucketAsync();
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}?policy")
        {
            Who = Alice.Credentials,
            Body = [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)'}'],
        })).ShouldBeError(400, "MalformedPolicy", "This policy contains invalid Json");
    }

    [Fact]
    public async Task The_body_must_be_what_was_promised()
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?policy", Policy(Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*")),
            ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="))).ShouldBeError(400, "BadDigest");
    }

    [Theory]
    [InlineData("GET", "policy")]
    [InlineData("PUT", "policy")]
    [InlineData("DELETE", "policy")]
    [InlineData("GET", "policyStatus")]
    public async Task Others_may_neither_read_nor_change_it(string method, string resource)
    {
        var bucket = await AliceBucketAsync();
        var policy = Policy(Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*"));
        ShouldBeDenied(await AsBob(method, $"/{bucket}?{resource}", method == "PUT" ? policy : ""));
        ShouldBeDenied(await AsNobody(method, $"/{bucket}?{resource}", method == "PUT" ? policy : ""));
        (await AsBob(method, $"/{UniqueName()}?{resource}")).ShouldBeError(404, "NoSuchBucket");
    }

    [Fact]
    public async Task Who_locks_himself_out_can_still_replace_the_policy()
    {
        var bucket = await AliceBucketAsync();
        await AsAlice("PUT", $"/{bucket}/key", "content");
        await PutPolicyAsync(bucket, Statement("Deny", ToAll, "s3:*", $"{bucket} {bucket}/*"));
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}"));
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}?acl"));
        ShouldBeDenied(await Raw.GetAsync($"/{bucket}/key"));
        (await AsAlice("GET", $"/{bucket}?policy")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?policy")).ShouldBe(200);
        await PutPolicyAsync(bucket, Statement("Deny", ToAll, "s3:GetObject", $"{bucket}/other"));
        (await AsAlice("GET", $"/{bucket}/key")).ShouldBe(200);
        (await AsAlice("DELETE", $"/{bucket}?policy")).ShouldBe(204);
    }

    [Fact]
    public async Task The_status_tells_whether_the_public_gets_in()
    {
        var bucket = await AliceBucketAsync();
        await StatusShouldBeAsync("false");
        await PutPolicyAsync(bucket, Statement("Allow", ToBob, "s3:GetObject", $"{bucket}/*"));
        await StatusShouldBeAsync("false");
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*"));
        await StatusShouldBeAsync("true");
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:GetObject", $"{bucket}/*",
            """{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}"""));
        await StatusShouldBeAsync("false");
        (await AsAlice("PUT", $"/{bucket}?acl", "", ("x-amz-acl", "public-read"))).ShouldBe(200);
        await StatusShouldBeAsync("true");

        async Task StatusShouldBeAsync(string status) =>
            (await AsAlice("GET", $"/{bucket}?policyStatus")).ShouldBe(200).Element("IsPublic").ShouldBe(status);
    }
}
