using System.Text.Json;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Clients;

public sealed class AwsCliVersioningTests : StoreTests
{
    [Fact]
    public async Task Keeps_lists_deletes_and_restores_versions()
    {
        using var home = new ClientWorkspace();
        var bucket = await NewBucketAsync();
        await ApiAsync(home, "put-bucket-versioning", "--bucket", bucket,
            "--versioning-configuration", "Status=Enabled");
        (await ApiAsync(home, "get-bucket-versioning", "--bucket", bucket)).GetProperty("Status").GetString()
            .ShouldBe("Enabled");
        var versions = new List<string>();
        foreach (var text in new[] { "first", "second" })
        {
            home.Write("body", text);
            var put = await ApiAsync(home, "put-object", "--bucket", bucket, "--key", "a key", "--body", "body");
            versions.Add(put.GetProperty("VersionId").GetString()!);
        }
        var deleted = await ApiAsync(home, "delete-object", "--bucket", bucket, "--key", "a key");
        var marker = deleted.GetProperty("VersionId").GetString()!;
        deleted.GetProperty("DeleteMarker").GetBoolean().ShouldBeTrue();

        var listed = await ApiAsync(home, "list-object-versions", "--bucket", bucket);
        Ids(listed, "Versions").ShouldBe([versions[1], versions[0]]);
        Ids(listed, "DeleteMarkers").ShouldBe([marker]);
        (await AwsAsync(home, "s3", "ls", $"s3://{bucket}")).Trim().ShouldBeEmpty();

        // Without its marker the object is back; a copy of an old version onto its key is the newest.
        await ApiAsync(home, "delete-object", "--bucket", bucket, "--key", "a key", "--version-id", marker);
        (await AwsAsync(home, "s3", "cp", $"s3://{bucket}/a key", "-")).ShouldBe("second");
        await ApiAsync(home, "copy-object", "--bucket", bucket, "--key", "a key",
            "--copy-source", $"{bucket}/a key?versionId={versions[0]}");
        (await AwsAsync(home, "s3", "cp", $"s3://{bucket}/a key", "-")).ShouldBe("first");
        await ApiAsync(home, "get-object", "--bucket", bucket, "--key", "a key", "--version-id", versions[1], "old");
        (await File.ReadAllTextAsync(home.File("old"))).ShouldBe("second");

        // Page by page, one version a page.
        Ids(await ApiAsync(home, "list-object-versions", "--bucket", bucket, "--page-size", "1"), "Versions")
            .Skip(1).ShouldBe([versions[1], versions[0]]);
        (await home.ExpectAsync(ChildProcess.AnyFailure, "aws", "--endpoint-url", Server.Endpoint.ToString(),
            "s3", "rb", $"s3://{bucket}")).ShouldContain("BucketNotEmpty");
    }

    [Fact]
    public async Task Locks_and_tags_objects()
    {
        using var home = new ClientWorkspace();
        var bucket = UniqueName("aws");
        await ApiAsync(home, "create-bucket", "--bucket", bucket, "--object-lock-enabled-for-bucket");
        home.Write("body", "content");
        var put = await ApiAsync(home, "put-object", "--bucket", bucket, "--key", "key", "--body", "body",
            "--tagging", "a=1", "--object-lock-legal-hold-status", "ON");
        var version = put.GetProperty("VersionId").GetString()!;
        (await ApiAsync(home, "get-object-tagging", "--bucket", bucket, "--key", "key"))
            .GetProperty("TagSet")[0].GetProperty("Value").GetString().ShouldBe("1");
        (await home.ExpectAsync(ChildProcess.AnyFailure, "aws", "--endpoint-url", Server.Endpoint.ToString(),
            "s3api", "delete-object", "--bucket", bucket, "--key", "key", "--version-id", version))
            .ShouldContain("AccessDenied");
        await ApiAsync(home, "put-object-legal-hold", "--bucket", bucket, "--key", "key",
            "--legal-hold", "Status=OFF");
        await ApiAsync(home, "put-object-retention", "--bucket", bucket, "--key", "key",
            "--retention", "Mode=GOVERNANCE,RetainUntilDate=2099-01-01T00:00:00Z");
        await ApiAsync(home, "delete-object", "--bucket", bucket, "--key", "key", "--version-id", version,
            "--bypass-governance-retention");
        (await AwsAsync(home, "s3api", "list-object-versions", "--bucket", bucket)).ShouldNotContain(version);
    }

    private Task<string> AwsAsync(ClientWorkspace home, params string[] arguments) =>
        home.RunAsync("aws", ["--endpoint-url", Server.Endpoint.ToString(), .. arguments]);

    private async Task<JsonElement> ApiAsync(ClientWorkspace home, params string[] arguments)
    {
        var answer = await AwsAsync(home, ["s3api", "--output", "json", .. arguments]);
        return answer.Trim().Length == 0 ? default : JsonDocument.Parse(answer).RootElement;
    }

    private static IEnumerable<string?> Ids(JsonElement listed, string kind) =>
        listed.GetProperty(kind).EnumerateArray().Select(version => version.GetProperty("VersionId").GetString());
}
