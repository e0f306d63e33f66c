using Amazon.S3;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Buckets;

/// <summary>PutBucketVersioning and GetBucketVersioning.</summary>
public sealed class PutBucketVersioningTests : VersionTests
{
    [Fact]
    public async Task A_new_bucket_has_no_status()
    {
        var bucket = await NewBucketAsync();
        var answer = (await Raw.GetAsync($"/{bucket}?versioning")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("VersioningConfiguration");
        answer.Xml.Elements().ShouldBeEmpty();
    }

    [Fact]
    public async Task Tells_the_status_that_was_set_last()
    {
        var bucket = await NewBucketAsync();
        foreach (var status in new[] { VersionStatus.Enabled, VersionStatus.Enabled, VersionStatus.Suspended })
        {
            await S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
            {
                BucketName = bucket,
                VersioningConfig = new S3BucketVersioningConfig { Status = status },
            });
            (await S3.GetBucketVersioningAsync(bucket)).VersioningConfig.Status.ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_bucket_that_was_never_versioned_can_be_suspended()
    {
        var bucket = await NewBucketAsync();
        await SetVersioningAsync(bucket, "Suspended");
        (await Raw.GetAsync($"/{bucket}?versioning")).Element("Status").ShouldBe("Suspended");
    }

    [Fact]
    public async Task Rejects_a_configuration_without_a_status()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}?versioning", $"<VersioningConfiguration {Namespace}/>")).ShouldBeError(
            400, "IllegalVersioningConfigurationException", "The Versioning element must be specified");
    }

    [Theory]
    [InlineData("<VersioningConfiguration><Status>Disabled</Status></VersioningConfiguration>")]
    [InlineData("<VersioningConfiguration><Status>enabled</Status></VersioningConfiguration>")]
    [InlineData("<VersioningConfiguration><Status></Status></VersioningConfiguration>")]
    [InlineData("<VersioningConfiguration><Status>Enabled</Status><Other/></VersioningConfiguration>")]
    [InlineData(
        "<VersioningConfiguration><Status>Enabled</Status><Status>Enabled</Status></VersioningConfiguration>")]
    [InlineData(
        "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Off</MfaDelete></VersioningConfiguration>")]
    [InlineData("<Versioning><Status>Enabled</Status></Versioning>")]
    [InlineData("<VersioningConfiguration><Status>Enabled")]
    [InlineData("Enabled")]
    public async Task Rejects_what_is_no_configuration(string body)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}?versioning", body)).ShouldBeError(400, "MalformedXML");
        (await Raw.GetAsync($"/{bucket}?versioning")).Xml.Elements().ShouldBeEmpty();
    }

    [Fact]
    public async Task Deletion_by_multi_factor_authentication_may_be_off_only()
    {
        var bucket = await NewBucketAsync();
        string Body(string mfa) => $"<VersioningConfiguration {Namespace}><Status>Enabled</Status>" +
            $"<MfaDelete>{mfa}</MfaDelete></VersioningConfiguration>";
        (await Raw.PutAsync($"/{bucket}?versioning", Body("Enabled"), ("x-amz-mfa", "serial 123456")))
            .ShouldBeError(501, "NotImplemented");
        (await Raw.PutAsync($"/{bucket}?versioning", Body("Disabled"), ("x-amz-mfa", "serial 123456"))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?versioning")).Elements("MfaDelete").ShouldBeEmpty();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        (await DeleteAsync($"/{bucket}/key", version, ("x-amz-mfa", "serial 123456"))).ShouldBe(204);
        (await VersionsAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Object_lock_forbids_to_suspend()
    {
        var bucket = await NewLockedBucketAsync();
        (await Raw.GetAsync($"/{bucket}?versioning")).Element("Status").ShouldBe("Enabled");
        (await Raw.PutAsync($"/{bucket}?versioning", Versioning("Suspended"))).ShouldBeError(409, "InvalidBucketState",
            "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        (await Raw.PutAsync($"/{bucket}?versioning", Versioning("Enabled"))).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?versioning")).Element("Status").ShouldBe("Enabled");
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket()
    {
        (await Raw.PutAsync($"/{UniqueName()}?versioning", Versioning("Enabled"))).ShouldBeError(404, "NoSuchBucket");
        (await Raw.GetAsync($"/{UniqueName()}?versioning")).ShouldBeError(404, "NoSuchBucket");
    }

    [Fact]
    public async Task A_bucket_with_versions_cannot_be_deleted()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        var marker = await MarkAsync($"/{bucket}/key");
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
        (await Raw.SendAsync("DELETE", $"/{bucket}")).ShouldBeError(409, "BucketNotEmpty",
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket.");
        await DeleteAsync($"/{bucket}/key", version);
        (await Raw.SendAsync("DELETE", $"/{bucket}")).ShouldBeError(409, "BucketNotEmpty");
        await DeleteAsync($"/{bucket}/key", marker);
        (await Raw.SendAsync("DELETE", $"/{bucket}")).ShouldBe(204);
    }
}
