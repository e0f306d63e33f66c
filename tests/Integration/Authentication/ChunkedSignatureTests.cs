using System.Text;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Authentication;

/// <summary>Bodies in signed chunks, and chunked bodies with a checksum trailer.</summary>
public sealed class ChunkedSignatureTests : StoreTests
{
    [Theory]
    [InlineData(0, 8192)]
    [InlineData(1, 8192)]
    [InlineData(8192, 8192)]
    [InlineData(65_537, 8192)]
    [InlineData(300_000, 65_536)]
    public async Task Accepts_signed_chunks(int size, int chunk)
    {
        var bucket = await NewBucketAsync();
        var bytes = TestData.Bytes(size, seed: size);
        var put = new RawRequest("PUT", $"/{bucket}/key") { Body = bytes, ChunkSize = chunk };
        (await Raw.SendAsync(put)).ShouldBe(200);
        var got = await Raw.GetAsync($"/{bucket}/key");
        got.Body.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        got.Header("Content-Encoding").ShouldBeNull("aws-chunked is how it travelled, not what it is");
    }

    [Fact]
    public async Task Rejects_a_chunk_that_was_changed()
    {
        var bucket = await NewBucketAsync();
        var request = new RawRequest("PUT", $"/{bucket}/key") { Body = TestData.Bytes(50_000, 1), ChunkSize = 8192 };
        var (_, whole) = request.Sign(Raw.Host);
        using var connection = await Raw.BeginAsync(request);
        whole = request.Sign(Raw.Host).Body;
        whole[20_000] ^= 1;
        await connection.WriteAsync(whole);
        var answer = await connection.ReadResponseAsync();
        answer.ShouldNotBeNull().ShouldBeError(403, "SignatureDoesNotMatch");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("5\r\nhello\r\n0\r\n")]
    [InlineData("zz;chunk-signature=0\r\n")]
    [InlineData("5;chunk-signature=\r\nhello\r\n0;chunk-signature=\r\n\r\n")]
    [InlineData("fffffffffffffffffff;chunk-signature=0\r\n")]
    public async Task Rejects_malformed_chunks(string body)
    {
        var bucket = await NewBucketAsync();
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Body = new byte[5],
            ChunkSize = 8192,
        }, contentLength: body.Length);
        await connection.WriteAsync(body);
        (await connection.ReadResponseAsync()).ShouldNotBeNull().Status.ShouldBeInRange(400, 499);
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task A_decoded_length_is_required()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Body = "0\r\n\r\n"u8.ToArray(),
            PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        });
        answer.ShouldBeError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }

    [Fact]
    public async Task A_decoded_length_must_be_true()
    {
        var bucket = await NewBucketAsync();
        var answer = await SendTrailerAsync(bucket, "9\r\n123456789\r\n0\r\n\r\n", decodedLength: 8);
        answer.ShouldBeError(400, "IncompleteBody");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "CBF43926")]
    [InlineData("x-amz-checksum-crc64nvme", "AE8B14860A799888")]
    public async Task Accepts_a_checksum_in_the_trailer(string name, string hex)
    {
        var bucket = await NewBucketAsync();
        var value = Convert.ToBase64String(Convert.FromHexString(hex));
        (await SendTrailerAsync(bucket, $"9\r\n123456789\r\n0\r\n{name}:{value}\r\n\r\n", 9, ("x-amz-trailer", name)))
            .ShouldBe(200).Header(name).ShouldBe(value);
        var got = await Raw.SendAsync("GET", $"/{bucket}/key", "", ("x-amz-checksum-mode", "ENABLED"));
        got.ShouldBe(200).Text.ShouldBe("123456789");
        got.Header(name).ShouldBe(value);
    }

    [Fact]
    public async Task Rejects_a_wrong_checksum_in_the_trailer()
    {
        var bucket = await NewBucketAsync();
        (await SendTrailerAsync(bucket, "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", 9,
            ("x-amz-trailer", "x-amz-checksum-crc32"))).ShouldBeError(400, "BadDigest");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Rejects_a_trailer_that_was_announced_and_is_missing()
    {
        var bucket = await NewBucketAsync();
        (await SendTrailerAsync(bucket, "9\r\n123456789\r\n0\r\n\r\n", 9,
            ("x-amz-trailer", "x-amz-checksum-crc32"))).ShouldBeError(400, "MalformedTrailerError");
    }

    private Task<RawResponse> SendTrailerAsync(
        string bucket, string body, int decodedLength, params (string Name, string Value)[] headers) =>
        Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Body = Encoding.ASCII.GetBytes(body),
            PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Headers = new(headers.ToDictionary(h => h.Name, h => h.Value))
            {
                ["x-amz-decoded-content-length"] = $"{decodedLength}",
                ["content-encoding"] = "aws-chunked",
            },
        });
}
