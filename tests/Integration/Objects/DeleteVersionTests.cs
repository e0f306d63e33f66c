using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>DeleteObject in versioned buckets.</summary>
public sealed class DeleteVersionTests : VersionTests
{
    [Fact]
    public async Task Lays_a_marker_over_the_versions()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        var answer = (await DeleteAsync($"/{bucket}/key")).ShouldBe(204);
        answer.Header("x-amz-delete-marker").ShouldBe("true");
        var marker = answer.Header("x-amz-version-id")!;
        (await VersionsAsync(bucket)).ShouldBe([$"key@{marker}*†", $"key@{version}"]);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_delete_makes_a_marker_even_where_there_is_nothing()
    {
        var bucket = await NewVersionedBucketAsync();
        var first = await MarkAsync($"/{bucket}/key");
        var second = await MarkAsync($"/{bucket}/key");
        (await VersionsAsync(bucket)).ShouldBe([$"key@{second}*†", $"key@{first}†"]);
    }

    [Fact]
    public async Task Deleting_the_marker_brings_the_object_back()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        var marker = await MarkAsync($"/{bucket}/key");
        var answer = (await DeleteAsync($"/{bucket}/key", marker)).ShouldBe(204);
        (answer.Header("x-amz-delete-marker"), answer.Header("x-amz-version-id")).ShouldBe(("true", marker));
        var got = (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
        (got.Text, got.Header("x-amz-version-id")).ShouldBe(("x", version));
        (await S3.ListAllAsync(bucket)).Select(o => o.Key).ShouldBe(["key"]);
        (await VersionsAsync(bucket)).ShouldBe([$"key@{version}*"]);
    }

    [Fact]
    public async Task Deleting_the_newest_version_makes_the_one_before_it_current()
    {
        var bucket = await NewVersionedBucketAsync();
        var versions = new List<string>();
        for (var n = 1; n <= 3; n++)
            versions.Add(await PutVersionAsync($"/{bucket}/key", $"{n}", ("x-amz-tagging", $"n={n}")));
        var answer = (await DeleteAsync($"/{bucket}/key", versions[2])).ShouldBe(204);
        (answer.Header("x-amz-delete-marker"), answer.Header("x-amz-version-id")).ShouldBe((null, versions[2]));
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("2");
        (await Raw.GetAsync($"/{bucket}/key?tagging")).Element("Value").ShouldBe("2");
        await DeleteAsync($"/{bucket}/key", versions[0]);
        (await VersionsAsync(bucket)).ShouldBe([$"key@{versions[1]}*"]);
        await DeleteAsync($"/{bucket}/key", versions[1]);
        (await VersionsAsync(bucket)).ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey")
            .Header("x-amz-delete-marker").ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_the_newest_version_over_a_marker_hides_the_key()
    {
        var bucket = await NewVersionedBucketAsync();
        var old = await PutVersionAsync($"/{bucket}/key", "old");
        var marker = await MarkAsync($"/{bucket}/key");
        var newest = await PutVersionAsync($"/{bucket}/key", "new");
        await DeleteAsync($"/{bucket}/key", newest);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey")
            .Header("x-amz-version-id").ShouldBe(marker);
        (await VersionsAsync(bucket)).ShouldBe([$"key@{marker}*†", $"key@{old}"]);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_deleted_already()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        var answer = (await DeleteAsync($"/{bucket}/key", UnknownVersion)).ShouldBe(204);
        (answer.Header("x-amz-delete-marker"), answer.Header("x-amz-version-id")).ShouldBe((null, UnknownVersion));
        (await DeleteAsync($"/{bucket}/nothing", "null")).ShouldBe(204);
        (await VersionsAsync(bucket)).ShouldBe([$"key@{version}*"]);
    }

    [Fact]
    public async Task A_suspended_bucket_puts_a_null_marker_in_the_place_of_the_null_version()
    {
        var bucket = await NewVersionedBucketAsync();
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        await SetVersioningAsync(bucket, "Suspended");
        await Raw.PutAsync($"/{bucket}/key", "null version");
        for (var n = 0; n < 2; n++)
        {
            var answer = (await DeleteAsync($"/{bucket}/key")).ShouldBe(204);
            (answer.Header("x-amz-delete-marker"), answer.Header("x-amz-version-id")).ShouldBe(("true", "null"));
            (await VersionsAsync(bucket)).ShouldBe(["key@null*†", $"key@{version}"]);
        }
        (await DeleteAsync($"/{bucket}/key", "null")).ShouldBe(204).Header("x-amz-delete-marker").ShouldBe("true");
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("x");
    }

    [Fact]
    public async Task A_null_version_under_newer_ones_goes_alone()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "null version");
        await SetVersioningAsync(bucket, "Enabled");
        var version = await PutVersionAsync($"/{bucket}/key", "x");
        (await DeleteAsync($"/{bucket}/key", "null")).ShouldBe(204).Header("x-amz-version-id").ShouldBe("null");
        (await VersionsAsync(bucket)).ShouldBe([$"key@{version}*"]);
    }

    [Fact]
    public async Task A_bucket_that_was_never_versioned_deletes_its_null_version()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await DeleteAsync($"/{bucket}/key", UnknownVersion)).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
        (await DeleteAsync($"/{bucket}/key", "null")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
        (await VersionsAsync(bucket)).ShouldBeEmpty();
    }
}
