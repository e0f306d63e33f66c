using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Bodies;

public class ChunkedBodyTests
{
    private static readonly byte[] s_a = [.. Enumerable.Repeat((byte)'a', 66560)];

    /// <summary>The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html</summary>
    [Fact]
    public async Task Reads_the_published_example_of_signed_chunks()
    {
        var text = "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
            new string('a', 65536) +
            "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" +
            new string('a', 1024) +
            "\r\n0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
        var request = new BodyRequest
        {
            Body = Encoding.ASCII.GetBytes(text),
            Length = 66824,
            DecodedLength = 66560,
            Payload = ChunkedBody.Signed,
            Scope = ChunkedBody.Scope("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"),
        };
        request.Body.Length.ShouldBe(66824);
        var body = request.Open();
        body.Length.ShouldBe(66560);
        (await BodyRequest.ReadAsync(body)).ShouldBe(s_a);
    }

    /// <summary>The example of https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html</summary>
    [Theory]
    [InlineData("x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:{0}\r\n\r\n")]
    [InlineData("x-amz-checksum-crc32c:sOO8/Q==\n\r\nx-amz-trailer-signature:{0}\r\n\r\n")]
    [InlineData("X-Amz-Checksum-Crc32c: sOO8/Q== \r\nX-Amz-Trailer-Signature: {0}\r\n\r\n\r\n")]
    public async Task Reads_the_published_example_of_a_signed_trailer(string trailer)
    {
        var text = "10000;chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2\r\n" +
            new string('a', 65536) +
            "\r\n400;chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7\r\n" +
            new string('a', 1024) +
            "\r\n0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n" +
            trailer.Replace("{0}", "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435",
                StringComparison.Ordinal);
        var body = new BodyRequest
        {
            Body = Encoding.ASCII.GetBytes(text),
            DecodedLength = 66560,
            Payload = ChunkedBody.SignedTrailer,
            Headers = { ["x-amz-trailer"] = "x-amz-checksum-crc32c" },
            Scope = ChunkedBody.Scope("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e"),
        }.Open();
        body.Checksum.ShouldBe(ChecksumAlgorithm.Crc32C);
        body.ExpectedChecksum.ShouldBeNull();
        (await BodyRequest.ReadAsync(body)).ShouldBe(s_a);
        body.ExpectedChecksum.ShouldBe("sOO8/Q==");
        body.Verify([], Convert.FromBase64String("sOO8/Q=="));
    }

    [Fact]
    public void Gives_the_data_whatever_the_pieces_and_chunks()
    {
        var cases =
            from seed in Gen.Choose(0, int.MaxValue)
            from chunks in Gen.Choose(8192, 20000).ListOf().Select(sizes => sizes.Take(4))
            from last in Gen.Choose(1, 9000)
            from piece in Gen.Elements(1, 2, 7, 100, 4096, 70000)
            from kind in Gen.Choose(0, 2)
            select (seed, sizes: chunks.Append(last).ToArray(), piece, kind);
        Prop.ForAll(cases.ToArbitrary(), async c =>
        {
            var random = new Random(c.seed);
            var data = new byte[c.sizes.Sum()];
            random.NextBytes(data);
            var trailer = c.kind == 0 ? ((string, string)?)null : ("x-amz-checksum-crc64nvme", Crc64(data));
            var scope = c.kind == 2 ? null : ChunkedBody.AnyScope;
            var request = new BodyRequest
            {
                Body = ChunkedBody.Encode(data, c.sizes, scope, trailer),
                DecodedLength = data.Length,
                Payload = new[] { ChunkedBody.Signed, ChunkedBody.SignedTrailer, ChunkedBody.UnsignedTrailer }[c.kind],
                Scope = scope,
                PieceSize = () => random.Next(1, c.piece + 1),
            };
            if (trailer is not null)
                request.Headers["x-amz-trailer"] = "x-amz-checksum-crc64nvme";
            var read = await request.Open().ReadAllAsync(1 << 20, CancellationToken.None);
            return read.AsSpan().SequenceEqual(data);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task An_empty_body_has_only_the_last_chunk()
    {
        (await new BodyRequest
        {
            Body = ChunkedBody.Encode([], [], ChunkedBody.AnyScope),
            DecodedLength = 0,
            Payload = ChunkedBody.Signed,
            Scope = ChunkedBody.AnyScope,
        }.ReadAsync()).ShouldBeEmpty();
        var trailed = new BodyRequest
        {
            Body = "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"u8.ToArray(),
            DecodedLength = 0,
            Payload = ChunkedBody.UnsignedTrailer,
            Headers = { ["x-amz-trailer"] = "x-amz-checksum-crc32" },
        };
        (await trailed.Open().ReadAllAsync(10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_cut_at_any_byte_fails()
    {
        foreach (var whole in Samples())
        {
            await whole.ReadAsync();
            for (var length = 0; length < whole.Body.Length; length++)
            {
                var cut = Copy(whole, whole.Body[..length]);
                (await Should.ThrowAsync<S3Exception>(cut.ReadAsync)).Error
                    .ShouldBe(S3Errors.IncompleteBody, $"{whole.Payload} cut at {length}");
            }
        }
    }

    [Fact]
    public async Task Any_changed_byte_of_a_signed_body_fails()
    {
        foreach (var whole in Samples().Where(sample => sample.Scope is not null))
        {
            for (var at = 0; at < whole.Body.Length; at++)
            {
                var changed = whole.Body.ToArray();
                changed[at] ^= 1;
                await Should.ThrowAsync<S3Exception>(Copy(whole, changed).ReadAsync, $"{whole.Payload} at {at}");
            }
        }
    }

    [Fact]
    public async Task Swapped_chunks_fail()
    {
        var data = new byte[16384];
        data.AsSpan(8192).Fill(1);
        var body = ChunkedBody.Encode(data, [8192, 8192], ChunkedBody.AnyScope);
        const int chunk = 87 + 8192 + 2;
        byte[] swapped = [.. body[chunk..(2 * chunk)], .. body[..chunk], .. body[(2 * chunk)..]];
        (await Should.ThrowAsync<S3Exception>(new BodyRequest
        {
            Body = swapped,
            DecodedLength = data.Length,
            Payload = ChunkedBody.Signed,
            Scope = ChunkedBody.AnyScope,
        }.ReadAsync)).Error.ShouldBe(S3Errors.SignatureDoesNotMatch);
    }

    [Fact]
    public void Signed_chunks_need_a_signed_request() =>
        Should.Throw<S3Exception>(() => new BodyRequest
        {
            Body = [],
            DecodedLength = 0,
            Payload = ChunkedBody.Signed,
        }.Open()).Error.ShouldBe(S3Errors.AccessDenied);

    [Fact]
    public void The_decoded_length_is_required()
    {
        var request = new BodyRequest { Body = [], Length = 0, Payload = ChunkedBody.UnsignedTrailer };
        Should.Throw<S3Exception>(request.Open).Error.ShouldBe(S3Errors.MissingContentLength);
        foreach (var value in new[] { "", "-1", "abc", "99999999999999999999" })
        {
            request.Headers["x-amz-decoded-content-length"] = value;
            Should.Throw<S3Exception>(request.Open).Error.ShouldBe(S3Errors.InvalidArgument);
        }
    }

    private static IEnumerable<BodyRequest> Samples()
    {
        var data = "hello, world"u8.ToArray();
        var trailer = ("x-amz-checksum-crc64nvme", Crc64(data));
        yield return Sample(ChunkedBody.Signed, ChunkedBody.Encode(data, [12], ChunkedBody.AnyScope));
        yield return Sample(ChunkedBody.SignedTrailer, ChunkedBody.Encode(data, [12], ChunkedBody.AnyScope, trailer));
        yield return Sample(ChunkedBody.UnsignedTrailer, ChunkedBody.Encode(data, [12], null, trailer));

        BodyRequest Sample(string payload, byte[] body)
        {
            var request = new BodyRequest
            {
                Body = body,
                DecodedLength = data.Length,
                Payload = payload,
                Scope = payload == ChunkedBody.UnsignedTrailer ? null : ChunkedBody.AnyScope,
            };
            if (payload != ChunkedBody.Signed)
                request.Headers["x-amz-trailer"] = "x-amz-checksum-crc64nvme";
            return request;
        }
    }

    private static BodyRequest Copy(BodyRequest whole, byte[] body) => new()
    {
        Body = body,
        DecodedLength = whole.DecodedLength,
        Payload = whole.Payload,
        Scope = whole.Scope,
        Headers = whole.Headers,
    };

    private static string Crc64(byte[] data)
    {
        using var sum = Checksum.Create(ChecksumAlgorithm.Crc64Nvme);
        sum.Append(data);
        return Convert.ToBase64String(sum.Finish());
    }
}
