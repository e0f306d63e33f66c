using System.Collections.Concurrent;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Faults;

public sealed class ConcurrencyTests : StoreTests
{
    [Fact]
    public async Task Every_reader_of_a_contended_key_sees_one_whole_object()
    {
        var bucket = await NewBucketAsync();
        var contents = Enumerable.Range(0, 8).Select(n => TestData.Bytes(30_000 + n * 20_000, seed: n)).ToArray();
        var known = contents.Select(c => TestData.Md5(c)).ToHashSet(StringComparer.Ordinal);
        await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key") { Body = contents[0] });
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentBag<(string Tag, string Md5)>();
        var readers = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answer = (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
                seen.Add((answer.Header("ETag")!.Trim('"'), TestData.Md5(answer.Body)));
            }
        }));
        await Task.WhenAll(contents.Select(async content =>
        {
            for (var i = 0; i < 15; i++)
                (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key") { Body = content })).ShouldBe(200);
        }));
        await stop.CancelAsync();
        await readers;
        seen.ShouldAllBe(s => s.Tag == s.Md5 && known.Contains(s.Md5));
        var last = (await EventLog.ReadAsync(Server)).Fold(bucket)["key"].ETag;
        (await Raw.GetAsync($"/{bucket}/key")).Header("ETag").ShouldBe($"\"{last}\"");
    }

    [Fact]
    public async Task One_of_16_wins_if_none_match()
    {
        var bucket = await NewBucketAsync();
        for (var round = 0; round < 5; round++)
        {
            var target = $"/{bucket}/key{round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n =>
                Raw.PutAsync(target, $"writer {n}", ("If-None-Match", "*"))));
            answers.Count(a => a.Status == 200).ShouldBe(1);
            // S3 says 409 when the winner is still at work, and 412 when it has won.
            answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 412 || a.Status == 409);
            var winner = answers.Single(a => a.Status == 200);
            (await Raw.GetAsync(target)).Header("ETag").ShouldBe(winner.Header("ETag"));
        }
    }

    [Fact]
    public async Task One_of_16_wins_if_match()
    {
        var bucket = await NewBucketAsync();
        var etag = (await Raw.PutAsync($"/{bucket}/counter", "0")).Header("ETag")!;
        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(n =>
            Raw.PutAsync($"/{bucket}/counter", $"{n}", ("If-Match", etag))));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Count(a => a.Status is 412 or 409).ShouldBe(15);
    }

    [Fact]
    public async Task Conditional_increments_lose_no_update()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/counter", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var done = 0; done < 5;)
            {
                var now = (await Raw.GetAsync($"/{bucket}/counter")).ShouldBe(200);
                var next = int.Parse(now.Text) + 1;
                var put = await Raw.PutAsync($"/{bucket}/counter", $"{next}", ("If-Match", now.Header("ETag")!));
                if (put.Status == 200)
                    done++;
            }
        }));
        (await Raw.GetAsync($"/{bucket}/counter")).Text.ShouldBe("40");
    }

    [Fact]
    public async Task Eight_large_puts_at_once_keep_their_bytes()
    {
        const int Size = 64 * 1024 * 1024;
        var bucket = await NewBucketAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            using var content = new RepeatingStream(Size, seed: n);
            await S3.PutObjectAsync(new()
            {
                BucketName = bucket,
                Key = $"large{n}",
                InputStream = content,
                DisablePayloadSigning = false,
            });
        }));
        for (var n = 0; n < 8; n++)
        {
            using var got = await S3.GetObjectAsync(bucket, $"large{n}");
            got.ContentLength.ShouldBe(Size);
            using var expected = new RepeatingStream(Size, seed: n);
            (await SameAsync(got.ResponseStream, expected)).ShouldBeTrue($"large{n}");
            await Raw.SendAsync("DELETE", $"/{bucket}/large{n}");
        }
    }

    private static async Task<bool> SameAsync(Stream actual, Stream expected)
    {
        var (a, b) = (new byte[1 << 20], new byte[1 << 20]);
        while (true)
        {
            var count = await actual.ReadAtLeastAsync(a, a.Length, throwOnEndOfStream: false);
            var wanted = await expected.ReadAtLeastAsync(b, b.Length, throwOnEndOfStream: false);
            if (count != wanted || !a.AsSpan(0, count).SequenceEqual(b.AsSpan(0, wanted)))
                return false;
            if (count == 0)
                return true;
        }
    }
}
