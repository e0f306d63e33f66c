using System.Text;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Bodies;

/// <summary>Broken bodies in the aws-chunked encoding, unsigned so that only the encoding is at fault.</summary>
public class HostileChunkTests
{
    private const string Trailer = "x-amz-checksum-crc32:AAAAAA==\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("-5")]
    [InlineData("+5")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("0x5")]
    [InlineData("5;")]
    [InlineData("5;chunk-signature=aa")]
    [InlineData("ffffffffffffffff")]
    [InlineData("0000000000000005")]
    [InlineData("5\r")]
    public Task A_malformed_size_is_an_invalid_request(string size) =>
        Fails(S3Errors.InvalidRequest, 5, $"{size}\r\nhello\r\n0\r\n{Trailer}\r\n");

    [Theory]
    [InlineData("6")]
    [InlineData("7fffffff")]
    [InlineData("fffffffffffffff")]
    public Task A_chunk_beyond_the_decoded_length_is_an_incomplete_body(string size) =>
        Fails(S3Errors.IncompleteBody, 5, $"{size}\r\nhello!\r\n0\r\n{Trailer}\r\n");

    [Fact]
    public Task Less_than_the_decoded_length_is_an_incomplete_body() =>
        Fails(S3Errors.IncompleteBody, 6, $"5\r\nhello\r\n0\r\n{Trailer}\r\n");

    [Theory]
    [InlineData("5\nhello\r\n0\r\n")]
    [InlineData("5\r\nhello0\r\n")]
    [InlineData("5\r\nhello\n0\r\n")]
    [InlineData("5\r\nhello!\r\n0\r\n")]
    [InlineData("4\r\nhello\r\n0\r\n")]
    public Task Lines_must_end_where_they_should(string chunks) =>
        Fails(S3Errors.InvalidRequest, 5, $"{chunks}{Trailer}\r\n");

    [Fact]
    public async Task A_line_without_an_end_is_not_collected()
    {
        await Fails(S3Errors.InvalidRequest, 5, new string('0', 100_000));
        await Fails(S3Errors.InvalidRequest, 5, $"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:{new string('A', 100_000)}");
        await Fails(S3Errors.InvalidRequest, 5, "5\r\nhello" + new string('\r', 100));
    }

    [Fact]
    public Task Small_chunks_are_for_the_end_only() =>
        Fails(S3Errors.InvalidChunkSizeError, 10, $"5\r\nhello\r\n5\r\nhello\r\n0\r\n{Trailer}\r\n");

    [Theory]
    [InlineData("\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("x-amz-checksum-sha1:AAAAAA==\r\n\r\n")]
    [InlineData(Trailer + Trailer + "\r\n")]
    [InlineData(Trailer + "x-amz-meta-color:red\r\n\r\n")]
    [InlineData(Trailer + "x-amz-trailer-signature:00\r\n\r\n")]
    public Task Only_the_announced_trailer_may_come(string trailer) =>
        Fails(S3Errors.MalformedTrailerError, 5, $"5\r\nhello\r\n0\r\n{trailer}");

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAA")]
    [InlineData("!!!!!!==")]
    public async Task The_trailing_checksum_must_have_its_form(string value)
    {
        var thrown = await Fails(
            S3Errors.InvalidRequest, 5, $"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:{value}\r\n\r\n");
        thrown.Message.ShouldBe("Value for x-amz-checksum-crc32 trailing header is invalid.");
    }

    [Theory]
    [InlineData("more")]
    [InlineData("\r\n\r\n\r\n")]
    public Task Nothing_may_follow_the_end(string rest) =>
        Fails(S3Errors.InvalidRequest, 5, $"5\r\nhello\r\n0\r\n{Trailer}\r\n{rest}");

    [Fact]
    public async Task A_signed_trailer_needs_its_signature()
    {
        var data = "hello"u8.ToArray();
        var whole = ChunkedBody.Encode(
            data, [5], ChunkedBody.AnyScope, ("x-amz-checksum-crc32", "AAAAAA=="));
        var text = Encoding.ASCII.GetString(whole);
        var signature = text.IndexOf("x-amz-trailer-signature", StringComparison.Ordinal);
        (await Should.ThrowAsync<S3Exception>(Signed(text[..signature] + "\r\n\r\n").ReadAsync)).Error
            .ShouldBe(S3Errors.MalformedTrailerError);
        (await Should.ThrowAsync<S3Exception>(Signed(text.Replace("AAAAAA==", "BBBBBA==", StringComparison.Ordinal))
            .ReadAsync)).Error.ShouldBe(S3Errors.SignatureDoesNotMatch);

        BodyRequest Signed(string body) => new()
        {
            Body = Encoding.ASCII.GetBytes(body),
            DecodedLength = 5,
            Payload = ChunkedBody.SignedTrailer,
            Scope = ChunkedBody.AnyScope,
            Headers = { ["x-amz-trailer"] = "x-amz-checksum-crc32" },
        };
    }

    private static async Task<S3Exception> Fails(S3Error error, long length, string body)
    {
        S3Exception? last = null;
        foreach (var piece in new[] { 1, 3, int.MaxValue })
        {
            var request = new BodyRequest
            {
                Body = Encoding.ASCII.GetBytes(body),
                DecodedLength = length,
                Payload = ChunkedBody.UnsignedTrailer,
                Headers = { ["x-amz-trailer"] = "x-amz-checksum-crc32" },
                PieceSize = () => piece,
            };
            last = await Should.ThrowAsync<S3Exception>(request.ReadAsync);
            last.Error.ShouldBe(error, last.Message);
        }

        return last!;
    }
}
