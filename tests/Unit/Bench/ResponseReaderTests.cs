using System.Text;
using CasStore.Bench.Http;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Bench;

public sealed class ResponseReaderTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length:5 \r\nDate: now\r\n\r\nhello", 200, "hello")]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", 403, "no")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, "")]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", 200, "")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi")]
    [InlineData(Chunked + "5\r\nhello\r\n6;name=value\r\n world\r\n0\r\n\r\n", 200, "hello world")]
    [InlineData(Chunked + "A\r\n0123456789\r\n0\r\nx-trailer: 1\r\nanother: 2\r\n\r\n", 200, "0123456789")]
    public void Reads_an_answer_however_it_is_cut(string answer, int status, string body)
    {
        var cuts = ArbMap.Default.GeneratorFor<int>().Select(Math.Abs).ArrayOf();
        Prop.ForAll(cuts.ToArbitrary(), cut =>
        {
            var (collected, reader) = Reader();
            Feed(reader, answer, cut).ShouldBe(answer.Length);
            reader.Head.Status.ShouldBe(status);
            Encoding.ASCII.GetString(collected.Bytes.Span).ShouldBe(body);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Leaves_what_follows_an_answer()
    {
        var (_, reader) = Reader();
        reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP"u8, out var used).ShouldBeTrue();
        used.ShouldBe(39);
    }

    [Fact]
    public void An_answer_to_HEAD_has_a_length_and_no_body()
    {
        var (_, reader) = Reader();
        reader.Begin(toHead: true);
        reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\n"u8, out _).ShouldBeTrue();
        reader.Head.ContentLength.ShouldBe(4096);
    }

    [Fact]
    public void A_body_without_a_length_ends_with_the_connection()
    {
        var (collected, reader) = Reader();
        reader.Read("HTTP/1.0 200 OK\r\n\r\nhello"u8, out _).ShouldBeFalse();
        reader.Close().ShouldBeTrue();
        reader.Head.Closes.ShouldBeTrue();
        collected.Bytes.Length.ShouldBe(5);
    }

    [Fact]
    public void A_close_within_a_body_completes_nothing()
    {
        var (_, reader) = Reader();
        reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello"u8, out _).ShouldBeFalse();
        reader.Head.Closes.ShouldBeTrue();
        reader.Close().ShouldBeFalse();
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\n")]
    [InlineData(Chunked + "hello\r\n")]
    public void Rejects_what_is_no_answer(string bytes)
    {
        var (_, reader) = Reader();
        Should.Throw<InvalidDataException>(() => reader.Read(Encoding.ASCII.GetBytes(bytes), out _));
    }

    private static (CollectedBody Collected, ResponseReader Reader) Reader()
    {
        var body = new CollectedBody();
        var reader = new ResponseReader(body);
        reader.Begin(toHead: false);
        return (body, reader);
    }

    // As much more at a time as the cuts say; returns how much was used when the answer was complete.
    private static int Feed(ResponseReader reader, string answer, int[] cuts)
    {
        var bytes = Encoding.ASCII.GetBytes(answer);
        var (used, filled) = (0, 0);
        for (var i = 0; ; i++)
        {
            filled = Math.Min(bytes.Length, filled + 1 + (i < cuts.Length ? cuts[i] % 20 : 0));
            var complete = reader.Read(bytes.AsSpan(used, filled - used), out var more);
            used += more;
            if (complete || filled == bytes.Length)
                return complete ? used : -1;
        }
    }
}
