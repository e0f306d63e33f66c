using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class ConditionalPutTests : StoreTests
{
    [Fact]
    public async Task If_none_match_star_creates_once()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "first", ("If-None-Match", "*"))).ShouldBe(200);
        (await Raw.PutAsync($"/{bucket}/key", "second", ("If-None-Match", "*")))
            .ShouldBeError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("first");
    }

    [Fact]
    public async Task If_none_match_star_creates_again_after_a_delete()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "first");
        await Raw.SendAsync("DELETE", $"/{bucket}/key");
        (await Raw.PutAsync($"/{bucket}/key", "second", ("If-None-Match", "*"))).ShouldBe(200);
    }

    [Fact]
    public async Task If_match_replaces_what_the_client_saw()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/key", "first")).Header("ETag")!;
        (await Raw.PutAsync($"/{bucket}/key", "second", ("If-Match", etag))).ShouldBe(200);
        (await Raw.PutAsync($"/{bucket}/key", "third", ("If-Match", etag))).ShouldBeError(412, "PreconditionFailed");
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("second");
    }

    [Fact]
    public async Task If_match_accepts_an_unquoted_etag()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/key", "first")).Header("ETag")!;
        (await Raw.PutAsync($"/{bucket}/key", "second", ("If-Match", etag.Trim('"')))).ShouldBe(200);
    }

    [Fact]
    public async Task If_match_on_nothing_is_no_such_key()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("If-Match", "\"5d41402abc4b2a76b9719d911017c592\"")))
            .ShouldBeError(404, "NoSuchKey");
    }
}
