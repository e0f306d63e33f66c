using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.ObjectLock;

/// <summary>PutObjectRetention and GetObjectRetention, and what a retention forbids.</summary>
public sealed class ObjectRetentionTests : VersionTests
{
    private const string Governance = "GOVERNANCE", Compliance = "COMPLIANCE";
    private static readonly (string, string) Bypass = ("x-amz-bypass-governance-retention", "true");
    private readonly DateTime _now = DateTime.UtcNow;

    [Theory]
    [InlineData(Governance)]
    [InlineData(Compliance)]
    public async Task Tells_the_retention_that_was_set(string mode)
    {
        var (target, version) = await NewObjectAsync();
        (await RetainAsync(target, mode, 1)).ShouldBe(200);
        foreach (var query in new[] { "?retention", $"?retention&versionId={version}" })
        {
            var told = (await Raw.GetAsync(target + query)).ShouldBe(200);
            told.Xml.Name.LocalName.ShouldBe("Retention");
            told.Element("Mode").ShouldBe(mode);
            DateTime.Parse(told.Element("RetainUntilDate")!, System.Globalization.CultureInfo.InvariantCulture)
                .ToUniversalTime().ShouldBe(_now.AddDays(1), TimeSpan.FromSeconds(1));
        }
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var answer = (await Raw.SendAsync(method, target)).ShouldBe(200);
            answer.Header("x-amz-object-lock-mode").ShouldBe(mode);
            answer.Header("x-amz-object-lock-retain-until-date").ShouldStartWith(Date(_now.AddDays(1))[..^1]);
            answer.Header("x-amz-object-lock-legal-hold").ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(Governance, false, 403)]
    [InlineData(Governance, true, 204)]
    [InlineData(Compliance, false, 403)]
    [InlineData(Compliance, true, 403)]
    public async Task A_version_is_deleted_only_if_its_mode_allows(string mode, bool bypass, int status)
    {
        var (target, version) = await NewObjectAsync();
        await RetainAsync(target, mode, 1);
        var answer = await DeleteAsync(target, version, bypass ? [Bypass] : []);
        answer.Status.ShouldBe(status);
        if (status == 403)
            answer.ShouldBeError(403, "AccessDenied", "Access Denied because object protected by object lock.");
        (await Raw.GetAsync($"{target}?versionId={version}")).Status.ShouldBe(status == 403 ? 200 : 404);
    }

    [Fact]
    public async Task A_marker_may_be_laid_over_a_retained_version_and_taken_away()
    {
        var (target, version) = await NewObjectAsync();
        await RetainAsync(target, Compliance, 1);
        var marker = await MarkAsync(target);
        (await Raw.GetAsync(target)).ShouldBeError(404, "NoSuchKey");
        (await DeleteAsync(target, version)).ShouldBeError(403, "AccessDenied");
        (await DeleteAsync(target, marker)).ShouldBe(204);
        (await PutVersionAsync(target, "newer")).ShouldNotBe(version);
        (await DeleteAsync(target, version)).ShouldBeError(403, "AccessDenied");
    }

    [Theory]
    [InlineData(Governance, Governance, 2, false, true)]
    [InlineData(Governance, Governance, 0.5, false, false)]
    [InlineData(Governance, Governance, 0.5, true, true)]
    [InlineData(Governance, Compliance, 2, false, false)]
    [InlineData(Governance, Compliance, 2, true, true)]
    [InlineData(Governance, null, 0, false, false)]
    [InlineData(Governance, null, 0, true, true)]
    [InlineData(Compliance, Compliance, 2, false, true)]
    [InlineData(Compliance, Compliance, 0.5, false, false)]
    [InlineData(Compliance, Compliance, 0.5, true, false)]
    [InlineData(Compliance, Governance, 2, true, false)]
    [InlineData(Compliance, null, 0, true, false)]
    public async Task A_retention_in_force_changes_only_as_its_mode_allows(
        string mode, string? to, double days, bool bypass, bool allowed)
    {
        var (target, _) = await NewObjectAsync();
        (await RetainAsync(target, mode, 1)).ShouldBe(200);
        var answer = await RetainAsync(target, to, days, bypass ? [Bypass] : []);
        if (allowed)
            answer.ShouldBe(200);
        else
            answer.ShouldBeError(403, "AccessDenied");
        var told = await Raw.GetAsync($"{target}?retention");
        if (allowed && to is null)
            told.ShouldBeError(404, "NoSuchObjectLockConfiguration");
        else
            told.Element("Mode").ShouldBe(allowed ? to : mode);
    }

    [Fact]
    public async Task Each_version_has_its_own()
    {
        var (target, first) = await NewObjectAsync();
        var second = await PutVersionAsync(target, "newer");
        (await RetainAsync($"{target}?versionId={first}", Governance, 1)).ShouldBe(200);
        (await Raw.GetAsync($"{target}?retention")).ShouldBeError(404, "NoSuchObjectLockConfiguration",
            "The specified object does not have a ObjectLock configuration");
        (await DeleteAsync(target, second)).ShouldBe(204);
        (await DeleteAsync(target, first)).ShouldBeError(403, "AccessDenied");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Other/>")]
    [InlineData("<Retention><Mode>GOVERNANCE</Mode></Retention>")]
    [InlineData("<Retention><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate></Retention>")]
    [InlineData("<Retention><Mode>OTHER</Mode><RetainUntilDate>2099-01-01T00:00:00Z</RetainUntilDate></Retention>")]
    [InlineData("<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>soon</RetainUntilDate></Retention>")]
    [InlineData("<Retention><Mode>GOVERNANCE</Mode><Days>1</Days></Retention>")]
    public async Task Rejects_what_is_no_retention(string body)
    {
        var (target, _) = await NewObjectAsync();
        (await Raw.PutAsync($"{target}?retention", body)).ShouldBeError(400, "MalformedXML");
        (await Raw.GetAsync($"{target}?retention")).ShouldBeError(404, "NoSuchObjectLockConfiguration");
    }

    [Fact]
    public async Task Rejects_a_date_that_is_past()
    {
        var (target, _) = await NewObjectAsync();
        (await RetainAsync(target, Governance, -1))
            .ShouldBeError(400, "InvalidArgument", "The retain until date must be in the future!");
    }

    [Fact]
    public async Task Rejects_what_has_none()
    {
        var bucket = await NewLockedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        (await RetainAsync($"/{bucket}/never", Governance, 1)).ShouldBeError(404, "NoSuchKey");
        (await RetainAsync($"/{bucket}/key?versionId={UnknownVersion}", Governance, 1))
            .ShouldBeError(404, "NoSuchVersion");
        (await RetainAsync($"/{bucket}/key?versionId=abc", Governance, 1)).ShouldBeError(400, "InvalidArgument");
        var marker = await MarkAsync($"/{bucket}/key");
        foreach (var target in new[] { $"/{bucket}/key", $"/{bucket}/key?versionId={marker}" })
        {
            (await RetainAsync(target, Governance, 1)).ShouldBeError(405, "MethodNotAllowed");
            (await Raw.GetAsync(Query(target))).ShouldBeError(405, "MethodNotAllowed");
        }
        (await RetainAsync($"/{bucket}/key?versionId={version}", Governance, 1)).ShouldBe(200);
        var open = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{open}/key", "x");
        (await RetainAsync($"/{open}/key", Governance, 1))
            .ShouldBeError(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        (await Raw.GetAsync($"/{open}/key?retention")).ShouldBeError(400, "InvalidRequest");
    }

    private async Task<(string Target, string Version)> NewObjectAsync()
    {
        var target = $"/{await NewLockedBucketAsync()}/key";
        return (target, await PutVersionAsync(target, "x"));
    }

    private Task<RawResponse> RetainAsync(
        string target, string? mode, double days, params (string Name, string Value)[] headers) =>
        Raw.PutAsync(Query(target), $"<Retention {Namespace}>" + (mode is null
            ? ""
            : $"<Mode>{mode}</Mode><RetainUntilDate>{Date(_now.AddDays(days))}</RetainUntilDate>") +
            "</Retention>", headers);

    private static string Query(string target) =>
        target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "retention";
}
