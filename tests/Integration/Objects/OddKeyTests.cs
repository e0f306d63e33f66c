using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>Keys are any UTF-8; they are never paths.</summary>
public sealed class OddKeyTests : StoreTests
{
    public static TheoryData<string> Keys =>
    [
        "..", ".", "../../etc/passwd", "a/../b", "./a", "/lead", "//", "a//b", "trail/", "a b", " ", "+", "a+b", "%",
        "%41", "%2F", "?", "#", "a?b=c&d", "\\", "a\\b", "\"", "'", "<xml>&amp;", "ünïcødé", "日本語", "😀",
        "e\u0301", "é", "~!@$^*()-_=[]{}|;:,.<>", "\u007f", "tab\there", "new\nline", "a/-/b", ".hidden", "con", "nul",
        "key\u00a0nbsp", "\u202ertl",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Any_key_works_everywhere(string key)
    {
        var bucket = await NewBucketAsync();
        var target = $"/{bucket}/{SignatureV4.Encode(key, keepSlash: true)}";
        (await Raw.PutAsync(target, key)).ShouldBe(200);
        (await Raw.GetAsync(target)).ShouldBe(200).Text.ShouldBe(key);
        (await Raw.SendAsync("HEAD", target)).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}?list-type=2&encoding-type=url")).ShouldBe(200)
            .Elements("Key").Select(k => Uri.UnescapeDataString(k.Replace('+', ' '))).ShouldBe([key]);
        (await Raw.SendAsync("DELETE", target)).ShouldBe(204);
        (await Raw.GetAsync(target)).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Keys_that_look_alike_are_different_objects()
    {
        var bucket = await NewBucketAsync();
        string[] keys = ["a", "A", "a/", "/a", "./a", "a/.", "é", "e\u0301", "a b", "a+b", "a%20b"];
        foreach (var key in keys)
            (await Raw.PutAsync($"/{bucket}/{SignatureV4.Encode(key, keepSlash: true)}", key)).ShouldBe(200);
        foreach (var key in keys)
        {
            (await Raw.GetAsync($"/{bucket}/{SignatureV4.Encode(key, keepSlash: true)}")).ShouldBe(200)
                .Text.ShouldBe(key);
        }
        (await S3.ListAllAsync(bucket)).Select(o => o.Key)
            .ShouldBe(keys.Order(Utf8Order.Instance));
    }

    [Fact]
    public async Task The_sdk_round_trips_odd_keys()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "..", "a/../b", "a//b", "a b+c%d", "ünï😀", "?x=y" })
        {
            await S3.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = key });
            using var got = await S3.GetObjectAsync(bucket, key);
            (await new StreamReader(got.ResponseStream).ReadToEndAsync()).ShouldBe(key);
        }
    }

    [Theory]
    [InlineData("%FF%FE")]
    [InlineData("%C3%28")]
    public async Task A_key_that_is_not_text_is_refused(string encoded)
    {
        var bucket = await NewBucketAsync();
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{bucket}/{encoded}"));
        var answer = await connection.ReadResponseAsync();
        answer.ShouldNotBeNull().ShouldBeError(400, "InvalidURI");
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("a%00b")]
    public async Task A_key_with_a_null_is_refused(string encoded)
    {
        var bucket = await NewBucketAsync();
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{bucket}/{encoded}"));
        (await connection.ReadResponseAsync()).ShouldNotBeNull().Status.ShouldBe(400);
        (await S3.ListAllAsync(bucket)).ShouldBeEmpty();
    }
}
