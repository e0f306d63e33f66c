using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class DeleteObjectTests : StoreTests
{
    [Fact]
    public async Task Removes_the_object()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "x");
        (await Raw.SendAsync("DELETE", $"/{bucket}/key")).ShouldBe(204).Body.ShouldBeEmpty();
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Is_idempotent()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync("DELETE", $"/{bucket}/nothing")).ShouldBe(204);
        (await Raw.SendAsync("DELETE", $"/{bucket}/nothing")).ShouldBe(204);
    }

    [Fact]
    public async Task Deleting_nothing_leaves_no_event()
    {
        var bucket = await NewBucketAsync();
        await Raw.SendAsync("DELETE", $"/{bucket}/nothing-to-delete-{bucket}");
        (await EventLog.ReadAsync(Server))
            .ShouldNotContain(e => e.Stream.EndsWith($"/nothing-to-delete-{bucket}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket() =>
        (await Raw.SendAsync("DELETE", $"/{UniqueName()}/key")).ShouldBeError(404, "NoSuchBucket");
}
