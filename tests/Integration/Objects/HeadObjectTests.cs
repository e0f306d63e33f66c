using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class HeadObjectTests : StoreTests
{
    [Fact]
    public async Task Tells_what_get_tells_without_the_body()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "hello", ("Content-Type", "text/plain"), ("x-amz-meta-a", "b"));
        var get = await Raw.GetAsync($"/{bucket}/key");
        var head = (await Raw.SendAsync("HEAD", $"/{bucket}/key")).ShouldBe(200);
        head.Body.ShouldBeEmpty();
        string[] volatileHeaders = ["Date", "x-amz-request-id", "x-amz-id-2"];
        head.Headers.Where(h => !volatileHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
            .OrderBy(h => h.Key, StringComparer.OrdinalIgnoreCase)
            .ShouldBe(get.Headers.Where(h => !volatileHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase))
                .OrderBy(h => h.Key, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Answers_404_without_a_body()
    {
        var bucket = await NewBucketAsync();
        (await Raw.SendAsync("HEAD", $"/{bucket}/nothing")).ShouldBe(404).Body.ShouldBeEmpty();
        (await Raw.SendAsync("HEAD", $"/{UniqueName()}/key")).ShouldBe(404).Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Honours_a_range()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "0123456789");
        var answer = (await Raw.SendAsync("HEAD", $"/{bucket}/key", "", ("Range", "bytes=2-5"))).ShouldBe(206);
        answer.Header("Content-Length").ShouldBe("4");
        answer.Header("Content-Range").ShouldBe("bytes 2-5/10");
    }
}
