using System.Xml.Linq;
using Amazon.S3.Model;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>DeleteObjects with versions, markers, locks and conditions.</summary>
public sealed class DeleteManyVersionsTests : VersionTests
{
    [Fact]
    public async Task Lays_markers_and_tells_them()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/a", "x");
        var answer = (await DeleteManyAsync(bucket, Item("a") + Item("never"))).ShouldBe(200);
        var markers = answer.Elements("DeleteMarkerVersionId");
        Told(answer).ShouldBe([$"a -  true {markers[0]}", $"never -  true {markers[1]}"]);
        (await VersionsAsync(bucket)).ShouldBe([$"a@{markers[0]}*†", $"a@{version}", $"never@{markers[1]}*†"]);
    }

    [Fact]
    public async Task Deletes_versions_and_markers_at_once()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await PutVersionAsync($"/{bucket}/a", "1");
        var second = await PutVersionAsync($"/{bucket}/a", "2");
        var marker = await MarkAsync($"/{bucket}/b");
        var answer = (await DeleteManyAsync(bucket,
            Item("a", second) + Item("b", marker) + Item("a", UnknownVersion) + Item("b", "null"))).ShouldBe(200);
        Told(answer).ShouldBe(
        [
            $"a - {second}  ", $"b - {marker} true {marker}", $"a - {UnknownVersion}  ", "b - null  ",
        ]);
        (await VersionsAsync(bucket)).ShouldBe([$"a@{first}*"]);
    }

    [Fact]
    public async Task The_sdk_empties_a_versioned_bucket_page_by_page()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b" })
            await Raw.PutAsync($"/{bucket}/{key}", "null version");
        await SetVersioningAsync(bucket, "Enabled");
        foreach (var key in new[] { "a", "b" })
        {
            await PutVersionAsync($"/{bucket}/{key}", "x");
            await MarkAsync($"/{bucket}/{key}");
        }
        await SetVersioningAsync(bucket, "Suspended");
        await Raw.PutAsync($"/{bucket}/a", "null version over others");
        var request = new ListVersionsRequest { BucketName = bucket, MaxKeys = 1 };
        ListVersionsResponse page;
        do
        {
            // The marker of the next page is a version that is gone by then.
            page = await S3.ListVersionsAsync(request);
            await S3.DeleteObjectsAsync(new DeleteObjectsRequest
            {
                BucketName = bucket,
                Objects = page.Versions.Select(v => new KeyVersion { Key = v.Key, VersionId = v.VersionId }).ToList(),
            });
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
        (await VersionsAsync(bucket)).ShouldBeEmpty();
        (await Raw.SendAsync("DELETE", $"/{bucket}")).ShouldBe(204);
    }

    [Fact]
    public async Task Refuses_locked_versions_alone()
    {
        var bucket = await NewLockedBucketAsync();
        var locked = await PutVersionAsync($"/{bucket}/a", "x", ("x-amz-object-lock-legal-hold", "ON"), Md5("x"));
        var open = await PutVersionAsync($"/{bucket}/b", "x");
        var answer = (await DeleteManyAsync(bucket,
            Item("a", locked) + Item("b", open) + Item("a") + Item("a", locked))).ShouldBe(200);
        var marker = answer.Element("DeleteMarkerVersionId");
        const string Refused = "AccessDenied Access Denied because object protected by object lock.";
        Told(answer).ShouldBe(
        [
            $"a - {locked} {Refused}", $"b - {open}  ", $"a -  true {marker}", $"a - {locked} {Refused}",
        ]);
        (await VersionsAsync(bucket)).ShouldBe([$"a@{marker}*†", $"a@{locked}"]);
    }

    [Fact]
    public async Task Governance_is_bypassed_when_asked()
    {
        var bucket = await NewLockedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/a", "x", ("x-amz-object-lock-mode", "GOVERNANCE"),
            ("x-amz-object-lock-retain-until-date", Date(DateTime.UtcNow.AddDays(1))), Md5("x"));
        (await DeleteManyAsync(bucket, Item("a", version))).Element("Code").ShouldBe("AccessDenied");
        var answer = await DeleteManyAsync(
            bucket, Item("a", version), ("x-amz-bypass-governance-retention", "true"));
        Told(answer).ShouldBe([$"a - {version}  "]);
    }

    [Fact]
    public async Task Quiet_tells_only_what_was_refused()
    {
        var bucket = await NewLockedBucketAsync();
        var locked = await PutVersionAsync($"/{bucket}/a", "x", ("x-amz-object-lock-legal-hold", "ON"), Md5("x"));
        var answer = (await DeleteManyAsync(bucket, "<Quiet>true</Quiet>" + Item("a") + Item("a", locked)))
            .ShouldBe(200);
        answer.Elements("Deleted").ShouldBeEmpty();
        answer.Elements("Code").ShouldBe(["AccessDenied"]);
    }

    [Fact]
    public async Task Each_has_its_own_conditions()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b", "c", "d", "e", "f", "g" })
            await Raw.PutAsync($"/{bucket}/{key}", "12345");
        var made = (await Raw.GetAsync($"/{bucket}/e")).Header("Last-Modified");
        var etag = TestData.Md5("12345"u8);
        const string Wrong = "<ETag>\"ffffffffffffffffffffffffffffffff\"</ETag>";
        var answer = (await DeleteManyAsync(bucket,
            Item("a", null, $"<ETag>\"{etag}\"</ETag>") + Item("b", null, Wrong) + Item("c", null, "<Size>5</Size>") +
            Item("d", null, "<Size>6</Size>") + Item("e", null, $"<LastModifiedTime>{made}</LastModifiedTime>") +
            Item("f", null, "<LastModifiedTime>2001-02-03T04:05:06Z</LastModifiedTime>") +
            Item("g", null, $"<ETag>*</ETag><Size>5</Size>") + Item("never", null, Wrong) +
            Item("never", null, "<Size>6</Size>"))).ShouldBe(200);
        answer.Xml.Elements().Select(e => $"{Text(e, "Key")} {Text(e, "Code")}").ShouldBe(
        [
            "a ", "b PreconditionFailed", "c ", "d PreconditionFailed", "e ", "f PreconditionFailed", "g ",
            "never NoSuchKey", "never ",
        ]);
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["b", "d", "f"]);
    }

    [Fact]
    public async Task A_refused_entry_does_not_speak_for_one_of_the_same_key()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "x");
        var answer = await DeleteManyAsync(bucket, Item("a", null, "<Size>9</Size>") + Item("a") + Item("a"));
        answer.Xml.Elements().Select(e => e.Name.LocalName).ShouldBe(["Error", "Deleted", "Deleted"]);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<Size>-1</Size>")]
    [InlineData("<Size>x</Size>")]
    [InlineData("<LastModifiedTime>yesterday</LastModifiedTime>")]
    public async Task Rejects_conditions_that_are_none(string condition)
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/a", "x");
        (await DeleteManyAsync(bucket, Item("a", null, condition))).ShouldBeError(400, "MalformedXML");
        (await Raw.GetAsync($"/{bucket}/a")).ShouldBe(200);
    }

    [Fact]
    public async Task An_id_that_no_version_can_have_is_refused_alone()
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/a", "x");
        var answer = (await DeleteManyAsync(bucket, Item("a", "abc") + Item("a"))).ShouldBe(200);
        answer.Elements("Code").ShouldBe(["NoSuchVersion"]);
        answer.Elements("DeleteMarker").ShouldBe(["true"]);
    }

    private static string Item(string key, string? version = null, string conditions = "") =>
        $"<Object><Key>{key}</Key>" +
        (version is null ? "" : $"<VersionId>{version}</VersionId>") + $"{conditions}</Object>";

    private static string Text(XElement element, string name) =>
        element.Elements().SingleOrDefault(child => child.Name.LocalName == name)?.Value ?? "";

    /// <summary>Key, version, and what became of it: the marker, or why not.</summary>
    private static IEnumerable<string> Told(RawResponse answer) => answer.Xml.Elements().Select(e =>
        $"{Text(e, "Key")} - {Text(e, "VersionId")} " + (e.Name.LocalName == "Error"
            ? $"{Text(e, "Code")} {Text(e, "Message")}"
            : $"{Text(e, "DeleteMarker")} {Text(e, "DeleteMarkerVersionId")}"));
}
