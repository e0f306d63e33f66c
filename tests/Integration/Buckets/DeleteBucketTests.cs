using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Buckets;

public sealed class DeleteBucketTests : StoreTests
{
    [Fact]
    public async Task Removes_an_empty_bucket()
    {
        var name = await NewBucketAsync();
        (await Raw.SendAsync("DELETE", $"/{name}")).ShouldBe(204).Body.ShouldBeEmpty();
        (await Raw.SendAsync("HEAD", $"/{name}")).ShouldBe(404);
        (await Raw.SendAsync("DELETE", $"/{name}")).ShouldBeError(404, "NoSuchBucket");
    }

    [Fact]
    public async Task Rejects_a_bucket_with_objects()
    {
        var name = await NewBucketAsync();
        await Raw.PutAsync($"/{name}/key", "x");
        (await Raw.SendAsync("DELETE", $"/{name}"))
            .ShouldBeError(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
        (await Raw.GetAsync($"/{name}/key")).ShouldBe(200);
    }

    [Fact]
    public async Task A_race_with_a_put_leaves_no_object_without_a_bucket()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = await NewBucketAsync();
            var put = Raw.PutAsync($"/{name}/key", "x");
            var delete = Raw.SendAsync("DELETE", $"/{name}");
            await Task.WhenAll(put, delete);
            if ((await put).Status == 200)
            {
                (await delete).ShouldBeError(409, "BucketNotEmpty");
                (await Raw.GetAsync($"/{name}/key")).ShouldBe(200);
            }
            else
            {
                (await put).ShouldBeError(404, "NoSuchBucket");
                (await delete).ShouldBe(204);
            }
        }
    }
}
