using CasStore.Tests.Integration.Harness;
using Xunit.Abstractions;

namespace CasStore.Tests.Integration.Faults;

public sealed class CutConnectionTests(ITestOutputHelper output) : FaultTests(output)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(2_999_999)]
    public async Task A_body_cut_short_is_no_object(int sent)
    {
        foreach (var reset in new[] { true, false })
        {
            using var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{Bucket}/cut")
            {
                Body = TestData.Bytes(3_000_000, seed: 1),
            });
            await connection.WriteAsync(TestData.Bytes(3_000_000, seed: 1).AsMemory(0, sent));
            if (reset)
            {
                connection.Cut();
            }
            else
            {
                connection.FinishSending();
                if (await connection.ReadResponseAsync() is { } answer)
                    answer.Status.ShouldBe(400, answer.Text);
            }
        }
        (await Raw.GetAsync($"/{Bucket}/cut")).ShouldBeError(404, "NoSuchKey");
        await StagingEmptiesAsync();
        (await Raw.PutAsync($"/{Bucket}/next", "x")).ShouldBe(200);
    }

    [Fact]
    public async Task A_part_cut_short_is_no_part()
    {
        var started = (await Raw.SendAsync("POST", $"/{Bucket}/key?uploads")).ShouldBe(200);
        var upload = $"uploadId={SignatureV4.Encode(started.Element("UploadId")!)}";
        using (var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{Bucket}/key?partNumber=1&{upload}")
        {
            PayloadHash = SignatureV4.UnsignedPayload,
        }, contentLength: 1_000_000))
        {
            await connection.WriteAsync(new byte[999_999]);
            connection.Cut();
        }
        await StagingEmptiesAsync();
        (await Raw.GetAsync($"/{Bucket}/key?{upload}")).ShouldBe(200).Elements("PartNumber").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cut_overwrite_leaves_the_old_object()
    {
        await Raw.PutAsync($"/{Bucket}/key", "old");
        using (var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{Bucket}/key")
        {
            PayloadHash = SignatureV4.UnsignedPayload,
        }, contentLength: 200_000))
        {
            await connection.WriteAsync(new byte[150_000]);
            connection.Cut();
        }
        await StagingEmptiesAsync();
        (await Raw.GetAsync($"/{Bucket}/key")).ShouldBe(200).Text.ShouldBe("old");
    }

    [Fact]
    public async Task Readers_who_leave_do_no_harm()
    {
        var bytes = TestData.Bytes(8 * 1024 * 1024, seed: 2);
        await Raw.SendAsync(new RawRequest("PUT", $"/{Bucket}/large") { Body = bytes });
        for (var i = 0; i < 20; i++)
        {
            using var connection = await Raw.BeginAsync(new RawRequest("GET", $"/{Bucket}/large"));
            if (i % 2 == 0)
                connection.Cut();
        }
        (await Raw.GetAsync($"/{Bucket}/large")).Body.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    private async Task StagingEmptiesAsync()
    {
        for (var wait = 0; wait < 200 && StagingFiles().Count > 0; wait++)
            await Task.Delay(25);
        StagingShouldBeEmpty();
    }
}
