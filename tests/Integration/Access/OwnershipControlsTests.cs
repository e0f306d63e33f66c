namespace CasStore.Tests.Integration.Access;

/// <summary>
/// PutBucketOwnershipControls, GetBucketOwnershipControls and DeleteBucketOwnershipControls, and who owns what.
/// </summary>
public sealed class OwnershipControlsTests : AccessTests
{
    [Theory]
    [InlineData("ObjectWriter")]
    [InlineData("BucketOwnerPreferred")]
    [InlineData("BucketOwnerEnforced")]
    public async Task A_setting_is_given_back_and_goes(string setting)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("GET", $"/{bucket}?ownershipControls")).ShouldBeError(
            404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found");
        await OwnAsync(bucket, setting);
        (await AsAlice("GET", $"/{bucket}?ownershipControls")).ShouldBe(200)
            .Element("ObjectOwnership").ShouldBe(setting);
        (await AsAlice("DELETE", $"/{bucket}?ownershipControls")).ShouldBe(204);
        (await AsAlice("GET", $"/{bucket}?ownershipControls")).ShouldBeError(404, "OwnershipControlsNotFoundError");
        var made = await AliceBucketAsync(("x-amz-object-ownership", setting));
        (await AsAlice("GET", $"/{made}?ownershipControls")).ShouldBe(200).Element("ObjectOwnership").ShouldBe(setting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<OwnershipControls/>")]
    [InlineData("<OwnershipControls><Rule/></OwnershipControls>")]
    [InlineData("<OwnershipControls><Rule><ObjectOwnership>Me</ObjectOwnership></Rule></OwnershipControls>")]
    public async Task A_malformed_setting_is_refused(string body)
    {
        var bucket = await AliceBucketAsync();
        (await AsAlice("PUT", $"/{bucket}?ownershipControls", body)).ShouldBeError(400, "MalformedXML");
    }

    [Fact]
    public async Task An_unknown_setting_makes_no_bucket()
    {
        var name = UniqueName();
        (await AsAlice("PUT", $"/{name}", "", ("x-amz-object-ownership", "Me"))).ShouldBeError(
            400, "InvalidArgument", "Invalid x-amz-object-ownership header: Me");
        (await AsAlice("HEAD", $"/{name}")).ShouldBe(404);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Others_may_not(string method)
    {
        var bucket = await AliceBucketAsync();
        ShouldBeDenied(await AsBob(method, $"/{bucket}?ownershipControls"));
        ShouldBeDenied(await AsNobody(method, $"/{bucket}?ownershipControls"));
    }

    [Fact]
    public async Task Where_nothing_is_set_the_writer_owns_what_it_writes()
    {
        var bucket = await SharedBucketAsync();
        await AsBob("PUT", $"/{bucket}/key", "bob's");
        (await OwnerAsync(bucket, "key")).ShouldBe(Bob.UserId);
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}/key"));
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}/key?acl"));
        ShouldBeDenied(await AsAlice("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", "public-read")));
        (await AsBob("GET", $"/{bucket}/key")).ShouldBe(200);
        (await AsBob("PUT", $"/{bucket}/key?acl", "", ("x-amz-acl", "bucket-owner-read"))).ShouldBe(200);
        (await AsAlice("GET", $"/{bucket}/key")).ShouldBe(200).Text.ShouldBe("bob's");
        ShouldBeDenied(await AsAlice("GET", $"/{bucket}/key?acl"));
        (await AsAlice("DELETE", $"/{bucket}/key")).ShouldBe(204);
    }

    [Fact]
    public async Task What_nobody_or_root_writes_is_the_bucket_owners()
    {
        var bucket = await SharedBucketAsync();
        (await AsNobody("PUT", $"/{bucket}/anonymous", "x")).ShouldBe(200);
        (await Raw.PutAsync($"/{bucket}/root", "x")).ShouldBe(200);
        (await OwnerAsync(bucket, "anonymous")).ShouldBe(Alice.UserId);
        (await OwnerAsync(bucket, "root")).ShouldBe(Alice.UserId);
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/anonymous"));
    }

    [Fact]
    public async Task A_bucket_owner_that_is_preferred_owns_what_it_is_given_full_control_of()
    {
        var bucket = await SharedBucketAsync();
        await OwnAsync(bucket, "BucketOwnerPreferred");
        await AsBob("PUT", $"/{bucket}/plain", "x");
        await AsBob("PUT", $"/{bucket}/given", "x", ("x-amz-acl", "bucket-owner-full-control"));
        (await OwnerAsync(bucket, "plain")).ShouldBe(Bob.UserId);
        (await OwnerAsync(bucket, "given")).ShouldBe(Alice.UserId);
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/given"));
        var upload = (await AsBob("POST", $"/{bucket}/parts?uploads", "", ("x-amz-acl", "bucket-owner-full-control")))
            .ShouldBe(200).Element("UploadId");
        var etag = (await AsBob("PUT", $"/{bucket}/parts?partNumber=1&uploadId={upload}", "x")).Header("ETag");
        (await AsBob("POST", $"/{bucket}/parts?uploadId={upload}",
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>" +
            "</CompleteMultipartUpload>")).ShouldBe(200);
        (await OwnerAsync(bucket, "parts")).ShouldBe(Alice.UserId);
    }

    [Fact]
    public async Task An_enforced_owner_owns_everything_and_lists_do_not_count()
    {
        var bucket = await SharedBucketAsync();
        await AsBob("PUT", $"/{bucket}/before", "x", ("x-amz-acl", "public-read"));
        (await AsNobody("GET", $"/{bucket}/before")).ShouldBe(200);
        await OwnAsync(bucket, "BucketOwnerEnforced");
        ShouldBeDenied(await AsNobody("GET", $"/{bucket}/before"));
        ShouldBeDenied(await AsBob("GET", $"/{bucket}/before"));
        (await AsAlice("GET", $"/{bucket}/before")).ShouldBe(200);
        (await AsAlice("GET", $"/{bucket}/before?acl")).ShouldBe(200).Elements("ID").Distinct()
            .ShouldBe([Alice.UserId]);
        await AsBob("PUT", $"/{bucket}/after", "x");
        (await OwnerAsync(bucket, "after")).ShouldBe(Alice.UserId);
        foreach (var target in new[] { $"/{bucket}?acl", $"/{bucket}/before?acl", $"/{bucket}/new" })
        {
            (await AsAlice("PUT", target, "", ("x-amz-acl", "public-read"))).ShouldBeError(
                400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
            (await AsAlice("PUT", target, "", ("x-amz-grant-read", $"id={Bob.UserId}")))
                .ShouldBeError(400, "AccessControlListNotSupported");
            (await AsAlice("PUT", target, "", ("x-amz-acl", "private"))).ShouldBe(200);
            (await AsAlice("PUT", target, "", ("x-amz-acl", "bucket-owner-full-control"))).ShouldBe(200);
        }
    }

    [Fact]
    public async Task A_bucket_with_a_list_cannot_become_enforced()
    {
        var bucket = await AliceBucketAsync(("x-amz-acl", "public-read"));
        (await AsAlice("PUT", $"/{bucket}?ownershipControls", Controls("BucketOwnerEnforced"))).ShouldBeError(
            400, "InvalidBucketAclWithObjectOwnership",
            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
        (await AsAlice("PUT", $"/{UniqueName()}", "", ("x-amz-object-ownership", "BucketOwnerEnforced"),
            ("x-amz-acl", "public-read"))).ShouldBeError(400, "InvalidBucketAclWithObjectOwnership");
    }

    /// <summary>A bucket of Alice where everybody may write, by its policy.</summary>
    private async Task<string> SharedBucketAsync()
    {
        var bucket = await AliceBucketAsync();
        await PutPolicyAsync(bucket, Statement("Allow", ToAll, "s3:PutObject", $"{bucket}/*"));
        return bucket;
    }

    private async Task OwnAsync(string bucket, string setting) =>
        (await AsAlice("PUT", $"/{bucket}?ownershipControls", Controls(setting))).ShouldBe(200);

    private static string Controls(string setting) =>
        $"<OwnershipControls><Rule><ObjectOwnership>{setting}</ObjectOwnership></Rule></OwnershipControls>";

    private async Task<string?> OwnerAsync(string bucket, string key) =>
        (await Raw.GetAsync($"/{bucket}/{key}?acl")).ShouldBe(200).Elements("ID")[0];
}
