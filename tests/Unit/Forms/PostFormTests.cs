using System.Text;
using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Forms;

namespace CasStore.Tests.Unit.Forms;

public sealed class PostFormTests
{
    private const string Boundary = "----x";

    /// <summary>Sizes of the pieces that the body comes in: every place of a cut is tried.</summary>
    public static TheoryData<int> Pieces => [.. Enumerable.Range(1, 40), 1000, 100_000];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Fields_and_file_are_read_however_the_body_is_cut(int piece)
    {
        var file = "first\r\n------\r\n-----x\r\n--" + new string('-', 5000) + "\r\n";
        var form = await ReadAsync(
            Field("Key", "a/b") + Field("empty", "") + Field("lines", "one\r\ntwo\r\n") + File("up.txt", file), piece);
        form.Fields.ShouldBe(new Dictionary<string, string>
        {
            ["key"] = "a/b",
            ["empty"] = "",
            ["lines"] = "one\r\ntwo\r\n",
        });
        (await ContentAsync(form)).ShouldBe(file);
    }

    [Fact]
    public async Task What_follows_the_file_does_not_count()
    {
        var form = await ReadAsync(Field("key", "k") + File("f", "content") + Field("acl", "public-read"));
        form["acl"].ShouldBeNull();
        (await ContentAsync(form)).ShouldBe("content");
    }

    [Theory]
    [InlineData("photo.jpg", "u/photo.jpg")]
    [InlineData("C:\\\\Users\\\\me\\\\photo.jpg", "u/photo.jpg")]
    [InlineData("/home/me/photo.jpg", "u/photo.jpg")]
    [InlineData("a \\\"b\\\".txt", "u/a \"b\".txt")]
    [InlineData("é.txt", "u/é.txt")]
    [InlineData("", "u/")]
    public async Task The_name_of_the_file_is_put_into_fields(string sent, string key)
    {
        var form = await ReadAsync(Field("key", "u/${filename}") + File(sent, "x"));
        form.Key.ShouldBe(key);
    }

    [Fact]
    public async Task Headers_of_parts_are_read_whatever_their_case_and_order()
    {
        var form = await ReadAsync("content-type: text/plain\r\nCONTENT-disposition:form-data ; Name=key\r\n\r\nk\r\n" +
            $"--{Boundary}  \r\n" + File("f", "x"));
        form.Key.ShouldBe("k");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Disposition: form-data; name=\"key\"\r\n\r\nno end")]
    [InlineData("Content-Disposition: attachment; name=\"key\"\r\n\r\nk\r\n------x--")]
    [InlineData("Content-Disposition: form-data\r\n\r\nk\r\n------x--")]
    [InlineData("Content-Disposition: form-data; name=\"key\r\n\r\nk\r\n------x--")]
    [InlineData("Content-Type: text/plain\r\n\r\nk\r\n------x--")]
    [InlineData("\r\n\r\nk\r\n------x--")]
    public async Task What_is_no_form_is_malformed(string body) =>
        (await RefusalAsync(body)).Error.ShouldBe(S3Errors.MalformedPostRequest);

    [Fact]
    public async Task A_file_that_the_body_cuts_off_is_malformed()
    {
        var form = await ReadAsync(
            Field("key", "k") + "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nhalf", end: "");
        (await Should.ThrowAsync<S3Exception>(() => ContentAsync(form))).Error
            .ShouldBe(S3Errors.MalformedPostRequest);
    }

    [Fact]
    public async Task A_form_has_one_file()
    {
        (await RefusalAsync(Field("key", "k")[..^(Boundary.Length + 4)] + $"--{Boundary}--")).Message
            .ShouldBe("POST requires exactly one file upload per request.");
    }

    [Fact]
    public async Task A_field_comes_once() =>
        (await RefusalAsync(Field("key", "a") + Field("KEY", "b") + File("f", "x"))).Error
            .ShouldBe(S3Errors.InvalidArgument);

    [Fact]
    public async Task Fields_have_twenty_kibibytes_at_most()
    {
        (await RefusalAsync(Field("a", new string('x', 20 * 1024)) + File("f", "x"))).Error
            .ShouldBe(S3Errors.MaxPostPreDataLengthExceeded);
        (await RefusalAsync(string.Concat(Enumerable.Range(0, 1000).Select(n => Field($"n{n}", ""))) + File("f", "x")))
            .Error.ShouldBe(S3Errors.MaxPostPreDataLengthExceeded);
        (await ReadAsync(Field("a", new string('x', 20_000)) + File("f", "x")))["a"]!.Length.ShouldBe(20_000);
    }

    [Theory]
    [InlineData(3, 5, "1234", null)]
    [InlineData(3, 5, "12", "EntityTooSmall")]
    [InlineData(3, 5, "123456", "EntityTooLarge")]
    [InlineData(0, 0, "", null)]
    [InlineData(0, 0, "1", "EntityTooLarge")]
    public async Task A_file_is_as_long_as_the_policy_says(long least, long most, string content, string? code)
    {
        var form = await ReadAsync(Field("key", "k") + File("f", content));
        (form.File.Least, form.File.Most) = (least, most);
        if (code is null)
            (await ContentAsync(form)).ShouldBe(content);
        else
            (await Should.ThrowAsync<S3Exception>(() => ContentAsync(form))).Error.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_key_must_be_there_and_be_one()
    {
        var without = await ReadAsync(Field("x", "k") + File("f", "x"));
        Should.Throw<S3Exception>(() => without.Key).Message.ShouldStartWith(
            "Bucket POST must contain a field named 'key'.");
        var empty = await ReadAsync(Field("key", "") + File("f", "x"));
        Should.Throw<S3Exception>(() => empty.Key).Error.ShouldBe(S3Errors.InvalidArgument);
        var tooLong = await ReadAsync(Field("key", new string('k', 1025)) + File("f", "x"));
        Should.Throw<S3Exception>(() => tooLong.Key).Error.ShouldBe(S3Errors.KeyTooLongError);
    }

    private static string Field(string name, string value) =>
        $"Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n--{Boundary}\r\n";

    private static string File(string name, string content) =>
        $"Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n" +
        $"{content}\r\n--{Boundary}\r\n";

    private static async Task<S3Exception> RefusalAsync(string parts) =>
        await Should.ThrowAsync<S3Exception>(() => ReadAsync(parts, end: ""));

    private static Task<PostForm> ReadAsync(string parts, int piece = 100_000, string end = $"--{Boundary}--\r\n") =>
        PostForm.ReadAsync(
            new MultipartReader(new PiecewiseStream(Encoding.UTF8.GetBytes($"--{Boundary}\r\n{parts}{end}"), piece),
                Boundary),
            CancellationToken.None);

    private static async Task<string> ContentAsync(PostForm form)
    {
        using var reader = new StreamReader(form.File, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 512);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
