using System.Globalization;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>GetObject and HeadObject of versions and delete markers.</summary>
public sealed class GetVersionTests : VersionTests
{
    [Fact]
    public async Task Each_write_is_a_version_that_stays()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/key", "first", ("x-amz-meta-n", "1"));
        var second = await PutVersionAsync($"/{bucket}/key", "second!", ("x-amz-meta-n", "2"));
        first.ShouldNotBe(second);
        foreach (var (query, version, text) in new[]
        {
            ("", second, "second!"), ($"?versionId={first}", first, "first"),
            ($"?versionId={second}", second, "second!"),
        })
        {
            var got = (await Raw.GetAsync($"/{bucket}/key{query}")).ShouldBe(200);
            (got.Text, got.Header("x-amz-version-id")).ShouldBe((text, version));
            got.Header("x-amz-meta-n").ShouldBe(version == first ? "1" : "2");
            var head = (await Raw.SendAsync("HEAD", $"/{bucket}/key{query}")).ShouldBe(200);
            (head.Header("Content-Length"), head.Header("x-amz-version-id"))
                .ShouldBe((text.Length.ToString(CultureInfo.InvariantCulture), version));
        }
    }

    [Fact]
    public async Task The_sdk_reads_a_range_of_a_version()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "0123456789");
        await PutVersionAsync($"/{bucket}/key", "other");
        using var got = await S3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = bucket,
            Key = "key",
            VersionId = version,
            ByteRange = new ByteRange(2, 4),
        });
        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe("234");
        got.VersionId.ShouldBe(version);
    }

    [Fact]
    public async Task A_bucket_that_was_never_versioned_has_null_versions_and_tells_none()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x")).Header("x-amz-version-id").ShouldBeNull();
        var got = (await Raw.GetAsync($"/{bucket}/key?versionId=null")).ShouldBe(200);
        (got.Text, got.Header("x-amz-version-id")).ShouldBe(("x", null));
        (await Raw.GetAsync($"/{bucket}/nothing?versionId=null")).ShouldBeError(404, "NoSuchVersion");
        (await Raw.GetAsync($"/{bucket}/key?versionId={UnknownVersion}")).ShouldBeError(404, "NoSuchVersion");
    }

    [Fact]
    public async Task What_was_there_before_is_the_null_version()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "before");
        await SetVersioningAsync(bucket, "Enabled");
        (await Raw.GetAsync($"/{bucket}/key")).Header("x-amz-version-id").ShouldBe("null");
        await PutVersionAsync($"/{bucket}/key", "after");
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("after");
        var got = (await Raw.GetAsync($"/{bucket}/key?versionId=null")).ShouldBe(200);
        (got.Text, got.Header("x-amz-version-id")).ShouldBe(("before", "null"));
    }

    [Fact]
    public async Task The_null_version_has_no_other_id()
    {
        var bucket = await NewBucketAsync();
        var key = UniqueName();
        await Raw.PutAsync($"/{bucket}/{key}", "x");
        var position = (await EventLog.ReadAsync(Server))
            .Single(e => e.Stream.EndsWith($"/{key}", StringComparison.Ordinal)).Position;
        (await Raw.GetAsync($"/{bucket}/{key}?versionId={position:x16}")).ShouldBeError(404, "NoSuchVersion");
        await SetVersioningAsync(bucket, "Enabled");
        await PutVersionAsync($"/{bucket}/{key}", "newer");
        (await Raw.GetAsync($"/{bucket}/{key}?versionId={position:x16}")).ShouldBeError(404, "NoSuchVersion");
    }

    [Fact]
    public async Task A_suspended_bucket_replaces_the_null_version_only_and_does_not_tell_of_it()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "version");
        await SetVersioningAsync(bucket, "Suspended");
        (await Raw.PutAsync($"/{bucket}/key", "one")).ShouldBe(200).Header("x-amz-version-id").ShouldBeNull();
        (await Raw.PutAsync($"/{bucket}/key", "two")).ShouldBe(200);
        var got = await Raw.GetAsync($"/{bucket}/key");
        (got.Text, got.Header("x-amz-version-id")).ShouldBe(("two", "null"));
        (await Raw.GetAsync($"/{bucket}/key?versionId={version}")).Text.ShouldBe("version");
        (await VersionsAsync(bucket)).ShouldBe(["key@null*", $"key@{version}"]);
    }

    [Fact]
    public async Task An_unknown_version_does_not_exist()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        (await Raw.GetAsync($"/{bucket}/key?versionId={UnknownVersion}"))
            .ShouldBeError(404, "NoSuchVersion", "The specified version does not exist.")
            .Element("VersionId").ShouldBe(UnknownVersion);
        (await Raw.GetAsync($"/{bucket}/other?versionId={version}")).ShouldBeError(404, "NoSuchVersion");
        (await Raw.SendAsync("HEAD", $"/{bucket}/key?versionId={UnknownVersion}")).ShouldBe(404).Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "Version id cannot be the empty string")]
    [InlineData("abc", "Invalid version id specified")]
    [InlineData("NULL", "Invalid version id specified")]
    [InlineData("ffffffffffffffff", "Invalid version id specified")]
    [InlineData("0000000000000000", "Invalid version id specified")]
    [InlineData("00000000000000AB", "Invalid version id specified")]
    [InlineData("3sL4kqtJlcpXroDTDmJ%2BrmSpXd3dIbrHY", "Invalid version id specified")]
    public async Task What_cannot_be_an_id_is_an_invalid_argument(string id, string message)
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        foreach (var method in new[] { "GET", "DELETE" })
        {
            (await Raw.SendAsync(method, $"/{bucket}/key?versionId={id}"))
                .ShouldBeError(400, "InvalidArgument", message).Element("ArgumentName").ShouldBe("versionId");
        }
        (await Raw.SendAsync("HEAD", $"/{bucket}/key?versionId={id}")).ShouldBe(400).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task A_key_whose_latest_version_is_a_marker_does_not_exist()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        var marker = await MarkAsync($"/{bucket}/key");
        var got = (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
        (got.Header("x-amz-delete-marker"), got.Header("x-amz-version-id")).ShouldBe(("true", marker));
        var head = (await Raw.SendAsync("HEAD", $"/{bucket}/key")).ShouldBe(404);
        (head.Header("x-amz-delete-marker"), head.Header("x-amz-version-id")).ShouldBe(("true", marker));
        (await Raw.GetAsync($"/{bucket}/never")).ShouldBeError(404, "NoSuchKey")
            .Header("x-amz-delete-marker").ShouldBeNull();
        (await Raw.GetAsync($"/{bucket}/key?versionId={version}")).ShouldBe(200).Text.ShouldBe("x");
    }

    [Fact]
    public async Task A_marker_is_not_to_be_read()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/key", "x");
        var marker = await MarkAsync($"/{bucket}/key");
        await PutVersionAsync($"/{bucket}/key", "y");
        var got = (await Raw.GetAsync($"/{bucket}/key?versionId={marker}")).ShouldBeError(405, "MethodNotAllowed",
            "The specified method is not allowed against this resource.");
        (got.Element("Method"), got.Element("ResourceType")).ShouldBe(("GET", "DeleteMarker"));
        foreach (var answer in new[] { got, await Raw.SendAsync("HEAD", $"/{bucket}/key?versionId={marker}") })
        {
            answer.Status.ShouldBe(405);
            (answer.Header("x-amz-delete-marker"), answer.Header("x-amz-version-id"), answer.Header("Allow"))
                .ShouldBe(("true", marker, "DELETE"));
            DateTime.ParseExact(answer.Header("Last-Modified")!, "R", CultureInfo.InvariantCulture)
                .ShouldBeInRange(DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
        }
    }
}
