using System.Security.Cryptography;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.Tests.Unit.Authentication;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Bodies;

public class PlainBodyTests
{
    private static readonly byte[] s_data = [.. Enumerable.Range(0, 10_000).Select(i => (byte)i)];

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task Gives_the_data_when_its_hash_is_right(int piece)
    {
        (await Request(Hash(s_data), piece).ReadAsync()).ShouldBe(s_data);
        (await Request(Hash(s_data).ToUpperInvariant(), piece).ReadAsync()).ShouldBe(s_data);
        (await Request("UNSIGNED-PAYLOAD", piece).ReadAsync()).ShouldBe(s_data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task Fails_when_the_hash_is_wrong(int piece)
    {
        var other = Hash([1, 2, 3]);
        var thrown = await Should.ThrowAsync<S3Exception>(Request(other, piece).ReadAsync);
        thrown.Error.ShouldBe(S3Errors.XAmzContentSha256Mismatch);
        thrown.Details.ShouldBe(
            [("ClientComputedContentSHA256", other), ("S3ComputedContentSHA256", Hash(s_data))]);
    }

    [Fact]
    public void An_empty_body_is_checked_at_once()
    {
        new BodyRequest { Body = [], Length = 0, Payload = RequestSigner.EmptySha256 }.Open().Length.ShouldBe(0);
        new BodyRequest { Body = [], Method = "GET", Payload = RequestSigner.EmptySha256 }.Open();
        Should.Throw<S3Exception>(new BodyRequest { Body = [], Length = 0, Payload = Hash([1]) }.Open)
            .Error.ShouldBe(S3Errors.XAmzContentSha256Mismatch);
        Should.Throw<S3Exception>(new BodyRequest { Body = [], Method = "GET", Payload = Hash([1]) }.Open)
            .Error.ShouldBe(S3Errors.XAmzContentSha256Mismatch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9_999)]
    public async Task A_shorter_body_is_incomplete(int length)
    {
        foreach (var payload in new[] { "UNSIGNED-PAYLOAD", Hash(s_data), Hash(s_data[..length]) })
        {
            var cut = new BodyRequest { Body = s_data[..length], Length = s_data.Length, Payload = payload };
            (await Should.ThrowAsync<S3Exception>(cut.ReadAsync)).Error.ShouldBe(S3Errors.IncompleteBody);
        }
    }

    [Fact]
    public async Task A_body_that_the_server_finds_broken_is_incomplete()
    {
        (await BreaksWith(StatusCodes.Status400BadRequest)).ShouldBe(S3Errors.IncompleteBody);
        (await BreaksWith(StatusCodes.Status408RequestTimeout)).ShouldBe(S3Errors.RequestTimeout);
        (await BreaksWith(StatusCodes.Status413PayloadTooLarge)).ShouldBe(S3Errors.EntityTooLarge);

        static async Task<S3Error> BreaksWith(int status)
        {
            var broken = new BodyRequest
            {
                Body = s_data,
                Length = s_data.Length,
                PieceSize = () => throw new BadHttpRequestException("broken", status),
            };
            return (await Should.ThrowAsync<S3Exception>(broken.ReadAsync)).Error;
        }
    }

    [Fact]
    public async Task The_length_is_required_for_content_but_not_for_small_documents()
    {
        var unstated = new BodyRequest { Body = s_data };
        (await Should.ThrowAsync<S3Exception>(unstated.ReadAsync)).Error.ShouldBe(S3Errors.MissingContentLength);
        var request = new BodyRequest { Body = s_data, Headers = { ["Transfer-Encoding"] = "chunked" } };
        (await Should.ThrowAsync<S3Exception>(request.ReadAsync)).Error.ShouldBe(S3Errors.NotImplemented);
        (await request.Open().ReadAllAsync(10_000, CancellationToken.None)).ShouldBe(s_data);
        var hashed = new BodyRequest
        {
            Body = s_data,
            Payload = Hash([]),
            Headers = { ["Transfer-Encoding"] = "chunked" },
        };
        (await Should.ThrowAsync<S3Exception>(() => hashed.Open().ReadAllAsync(10_000, CancellationToken.None)))
            .Error.ShouldBe(S3Errors.XAmzContentSha256Mismatch);
    }

    [Fact]
    public async Task A_document_over_the_limit_is_refused()
    {
        var known = new BodyRequest { Body = s_data, Length = s_data.Length };
        var unknown = new BodyRequest { Body = s_data, Headers = { ["Transfer-Encoding"] = "chunked" } };
        foreach (var request in new[] { known, unknown })
        {
            (await Should.ThrowAsync<S3Exception>(() => request.Open().ReadAllAsync(9_999, CancellationToken.None)))
                .Error.ShouldBe(S3Errors.MaxMessageLengthExceeded);
        }
    }

    [Theory]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER")]
    public void Elliptic_curves_are_not_implemented(string payload) =>
        Should.Throw<S3Exception>(new BodyRequest { Body = [], Length = 0, Payload = payload }.Open)
            .Error.ShouldBe(S3Errors.NotImplemented);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("aws-chunked", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("aws-chunked,gzip", "gzip")]
    [InlineData("gzip, AWS-Chunked", "gzip")]
    [InlineData("gzip, br", "gzip, br")]
    public void The_stored_encoding_leaves_out_the_transfer(string? sent, string? stored)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.ContentEncoding = sent;
        RequestBody.ContentEncoding(request).ShouldBe(stored);
    }

    private static BodyRequest Request(string payload, int piece) =>
        new() { Body = s_data, Length = s_data.Length, Payload = payload, PieceSize = () => piece };

    private static string Hash(byte[] data) => RequestSigner.Hex(SHA256.HashData(data));
}
