using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.ObjectLock;

/// <summary>PutObjectLegalHold and GetObjectLegalHold.</summary>
public sealed class ObjectLegalHoldTests : VersionTests
{
    [Fact]
    public async Task A_hold_keeps_a_version_until_it_is_released()
    {
        var bucket = await NewLockedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        (await Raw.GetAsync($"/{bucket}/key?legal-hold")).ShouldBeError(404, "NoSuchObjectLockConfiguration");
        (await HoldAsync($"/{bucket}/key", "ON")).ShouldBe(200);
        var told = (await Raw.GetAsync($"/{bucket}/key?legal-hold&versionId={version}")).ShouldBe(200);
        (told.Xml.Name.LocalName, told.Element("Status")).ShouldBe(("LegalHold", "ON"));
        (await Raw.SendAsync("HEAD", $"/{bucket}/key")).Header("x-amz-object-lock-legal-hold").ShouldBe("ON");
        // Nobody's permission goes past a hold.
        (await DeleteAsync($"/{bucket}/key", version, ("x-amz-bypass-governance-retention", "true")))
            .ShouldBeError(403, "AccessDenied");
        (await HoldAsync($"/{bucket}/key", "OFF")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/key?legal-hold")).Element("Status").ShouldBe("OFF");
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-object-lock-legal-hold").ShouldBe("OFF");
        (await DeleteAsync($"/{bucket}/key", version)).ShouldBe(204);
        (await VersionsAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_of_one_version()
    {
        var bucket = await NewLockedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/key", "x");
        var second = await PutVersionAsync($"/{bucket}/key", "y");
        (await HoldAsync($"/{bucket}/key", "ON", $"&versionId={first}")).ShouldBe(200);
        (await DeleteAsync($"/{bucket}/key", second)).ShouldBe(204);
        (await DeleteAsync($"/{bucket}/key", first)).ShouldBeError(403, "AccessDenied");
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-object-lock-legal-hold").ShouldBe("ON");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<LegalHold/>")]
    [InlineData("<LegalHold><Status>on</Status></LegalHold>")]
    [InlineData("<LegalHold><Status>ON</Status><Status>OFF</Status></LegalHold>")]
    [InlineData("<Hold><Status>ON</Status></Hold>")]
    public async Task Rejects_what_is_no_hold(string body)
    {
        var bucket = await NewLockedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        (await Raw.PutAsync($"/{bucket}/key?legal-hold", body)).ShouldBeError(400, "MalformedXML");
    }

    [Fact]
    public async Task Rejects_what_can_have_none()
    {
        var bucket = await NewLockedBucketAsync();
        (await HoldAsync($"/{bucket}/never", "ON")).ShouldBeError(404, "NoSuchKey");
        await PutVersionAsync($"/{bucket}/key", "x");
        (await HoldAsync($"/{bucket}/key", "ON", $"&versionId={UnknownVersion}")).ShouldBeError(404, "NoSuchVersion");
        await MarkAsync($"/{bucket}/key");
        (await HoldAsync($"/{bucket}/key", "ON")).ShouldBeError(405, "MethodNotAllowed");
        (await Raw.GetAsync($"/{bucket}/key?legal-hold")).ShouldBeError(405, "MethodNotAllowed");
        var open = await NewBucketAsync();
        await PutVersionAsync($"/{open}/key", "x");
        (await HoldAsync($"/{open}/key", "ON"))
            .ShouldBeError(400, "InvalidRequest", "Bucket is missing Object Lock Configuration");
        (await Raw.GetAsync($"/{open}/key?legal-hold")).ShouldBeError(400, "InvalidRequest");
    }

    private Task<RawResponse> HoldAsync(string target, string status, string query = "") =>
        Raw.PutAsync($"{target}?legal-hold{query}", $"<LegalHold {Namespace}><Status>{status}</Status></LegalHold>");
}
