using Amazon.S3;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.ObjectLock;

/// <summary>PutObjectLockConfiguration and GetObjectLockConfiguration.</summary>
public sealed class ObjectLockConfigurationTests : VersionTests
{
    [Fact]
    public async Task A_bucket_made_with_object_lock_is_versioned_and_has_no_default()
    {
        var bucket = await NewLockedBucketAsync();
        var answer = (await Raw.GetAsync($"/{bucket}?object-lock")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("ObjectLockConfiguration");
        answer.Element("ObjectLockEnabled").ShouldBe("Enabled");
        answer.Elements("Rule").ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}?versioning")).Element("Status").ShouldBe("Enabled");
    }

    [Theory]
    [InlineData("GOVERNANCE", 1, null)]
    [InlineData("COMPLIANCE", 36500, null)]
    [InlineData("GOVERNANCE", null, 100)]
    public async Task Tells_the_default_that_was_set(string mode, int? days, int? years)
    {
        var bucket = await NewLockedBucketAsync();
        await S3.PutObjectLockConfigurationAsync(new PutObjectLockConfigurationRequest
        {
            BucketName = bucket,
            ObjectLockConfiguration = new ObjectLockConfiguration
            {
                ObjectLockEnabled = ObjectLockEnabled.Enabled,
                Rule = new ObjectLockRule
                {
                    DefaultRetention = new DefaultRetention
                    {
                        Mode = new ObjectLockRetentionMode(mode),
                        Days = days,
                        Years = years,
                    },
                },
            },
        });
        var told = (await S3.GetObjectLockConfigurationAsync(new GetObjectLockConfigurationRequest
        {
            BucketName = bucket,
        })).ObjectLockConfiguration.Rule.DefaultRetention;
        (told.Mode.Value, told.Days, told.Years).ShouldBe((mode, days, years));
        (await PutAsync(bucket, "")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?object-lock")).Elements("Rule").ShouldBeEmpty();
    }

    [Fact]
    public async Task Object_lock_can_be_enabled_later_where_versioning_is()
    {
        var bucket = await NewBucketAsync();
        (await Raw.GetAsync($"/{bucket}?object-lock")).ShouldBeError(404, "ObjectLockConfigurationNotFoundError",
            "Object Lock configuration does not exist for this bucket");
        const string Message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
        (await PutAsync(bucket, "")).ShouldBeError(409, "InvalidBucketState", Message);
        await SetVersioningAsync(bucket, "Suspended");
        (await PutAsync(bucket, "")).ShouldBeError(409, "InvalidBucketState", Message);
        await SetVersioningAsync(bucket, "Enabled");
        (await PutAsync(bucket, "")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?object-lock")).Element("ObjectLockEnabled").ShouldBe("Enabled");
        (await Raw.PutAsync($"/{bucket}?versioning", Versioning("Suspended"))).ShouldBeError(409, "InvalidBucketState");
    }

    [Theory]
    [InlineData("<Days>0</Days>", "Default retention period must be a positive integer value.")]
    [InlineData("<Days>-1</Days>", "Default retention period must be a positive integer value.")]
    [InlineData("<Years>-5</Years>", "Default retention period must be a positive integer value.")]
    [InlineData("<Days>36501</Days>", "Default retention period too large.")]
    [InlineData("<Years>101</Years>", "Default retention period too large.")]
    [InlineData("<Days>99999999999</Days>", "Default retention period too large.")]
    public async Task Rejects_a_period_out_of_bounds(string period, string message)
    {
        var bucket = await NewLockedBucketAsync();
        (await PutAsync(bucket, Rule($"<Mode>GOVERNANCE</Mode>{period}")))
            .ShouldBeError(400, "InvalidRetentionPeriod", message);
        (await Raw.GetAsync($"/{bucket}?object-lock")).Elements("Rule").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Other/>")]
    [InlineData("<ObjectLockConfiguration/>")]
    [InlineData("<ObjectLockConfiguration><ObjectLockEnabled>Disabled</ObjectLockEnabled></ObjectLockConfiguration>")]
    [InlineData(
        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><X/></ObjectLockConfiguration>")]
    [InlineData("<Mode>GOVERNANCE</Mode>")]
    [InlineData("<Mode>GOVERNANCE</Mode><Days>1</Days><Years>1</Years>")]
    [InlineData("<Mode>GOVERNANCE</Mode><Days>one</Days>")]
    [InlineData("<Mode>governance</Mode><Days>1</Days>")]
    [InlineData("<Days>1</Days>")]
    public async Task Rejects_what_is_no_configuration(string body)
    {
        var bucket = await NewLockedBucketAsync();
        var isRetention = body.StartsWith("<Mode", StringComparison.Ordinal)
            || body.StartsWith("<Days", StringComparison.Ordinal);
        var answer = isRetention
            ? await PutAsync(bucket, Rule(body))
            : await Raw.PutAsync($"/{bucket}?object-lock", body);
        answer.ShouldBeError(400, "MalformedXML");
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket()
    {
        (await PutAsync(UniqueName(), "")).ShouldBeError(404, "NoSuchBucket");
        (await Raw.GetAsync($"/{UniqueName()}?object-lock")).ShouldBeError(404, "NoSuchBucket");
    }

    private Task<RawResponse> PutAsync(string bucket, string rule) => Raw.PutAsync($"/{bucket}?object-lock",
        $"<ObjectLockConfiguration {Namespace}><ObjectLockEnabled>Enabled</ObjectLockEnabled>{rule}" +
        "</ObjectLockConfiguration>");

    private static string Rule(string retention) =>
        $"<Rule><DefaultRetention>{retention}</DefaultRetention></Rule>";
}
