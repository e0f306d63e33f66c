using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>Objects whose bytes go straight from the page cache to the connection.</summary>
public sealed class LargeObjectTests : StoreTests
{
    private const int Length = 5_000_003;

    [Fact]
    public async Task Connections_carry_whole_objects_ranges_and_heads_one_after_another()
    {
        var bytes = TestData.Bytes(Length, seed: 1);
        var target = await PutAsync(bytes);

        // The client keeps its connections, so an answer that is a byte too long or short spoils the next one.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            for (var i = 0; i < 4; i++)
            {
                (await Raw.GetAsync(target)).ShouldBe(200).Body.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
                var (from, to) = ((worker * 131_072) + i, Length - (i * 131_072) - worker - 1);
                (await Raw.SendAsync("GET", target, "", ("Range", $"bytes={from}-{to}"))).ShouldBe(206)
                    .Body.AsSpan().SequenceEqual(bytes.AsSpan(from..(to + 1))).ShouldBeTrue();
                var head = (await Raw.SendAsync("HEAD", target)).ShouldBe(200);
                head.Header("Content-Length").ShouldBe($"{Length}");
                head.Body.ShouldBeEmpty();
            }
        }));
    }

    [Fact]
    public async Task Bodies_sent_at_the_same_time_get_the_etag_of_their_own_bytes()
    {
        var bucket = await NewBucketAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var bytes = TestData.Bytes(200_000 + (number * 150_001), seed: number);
            var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/{number}") { Body = bytes });
            answer.ShouldBe(200).Header("ETag").ShouldBe($"\"{TestData.Md5(bytes)}\"");
        }));
    }

    private async Task<string> PutAsync(byte[] bytes)
    {
        var target = $"/{await NewBucketAsync()}/large";
        (await Raw.SendAsync(new RawRequest("PUT", target) { Body = bytes })).ShouldBe(200);
        return target;
    }
}
