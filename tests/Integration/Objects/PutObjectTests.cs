using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

public sealed class PutObjectTests : StoreTests
{
    [Fact]
    public async Task Answers_with_the_md5_as_etag()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.PutAsync($"/{bucket}/key", "hello");
        answer.ShouldBe(200).Header("ETag").ShouldBe("\"5d41402abc4b2a76b9719d911017c592\"");
        answer.Body.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(1024 * 1024)]
    [InlineData(9 * 1024 * 1024 + 7)]
    public async Task Keeps_the_bytes(int size)
    {
        var bucket = await NewBucketAsync();
        var bytes = TestData.Bytes(size, seed: size);
        (await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key") { Body = bytes })).ShouldBe(200)
            .Header("ETag").ShouldBe($"\"{TestData.Md5(bytes)}\"");
        var answer = (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
        answer.Header("Content-Length").ShouldBe($"{size}");
        answer.Body.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task Replaces_the_object_and_its_metadata()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "old", ("x-amz-meta-a", "1"), ("Content-Type", "text/plain"));
        await Raw.PutAsync($"/{bucket}/key", "new");
        var answer = (await Raw.GetAsync($"/{bucket}/key")).ShouldBe(200);
        answer.Text.ShouldBe("new");
        answer.Header("x-amz-meta-a").ShouldBeNull();
        answer.Header("Content-Type").ShouldBe("binary/octet-stream");
    }

    [Fact]
    public async Task Equal_content_under_many_keys_stays_apart()
    {
        var bucket = await NewBucketAsync();
        foreach (var key in new[] { "a", "b", "c" })
            (await Raw.PutAsync($"/{bucket}/{key}", "same")).ShouldBe(200);
        (await Raw.SendAsync("DELETE", $"/{bucket}/a")).ShouldBe(204);
        (await Raw.GetAsync($"/{bucket}/a")).ShouldBeError(404, "NoSuchKey");
        (await Raw.GetAsync($"/{bucket}/b")).ShouldBe(200).Text.ShouldBe("same");
        (await Raw.GetAsync($"/{bucket}/c")).ShouldBe(200).Text.ShouldBe("same");
    }

    [Fact]
    public async Task Rejects_an_unknown_bucket()
    {
        var answer = await Raw.PutAsync($"/{UniqueName()}/key", "x");
        answer.ShouldBeError(404, "NoSuchBucket", "The specified bucket does not exist");
    }

    [Fact]
    public async Task Accepts_a_key_of_1024_bytes()
    {
        var bucket = await NewBucketAsync();
        var key = string.Concat(Enumerable.Repeat("é", 512));
        (await Raw.PutAsync($"/{bucket}/{SignatureV4.Encode(key)}", "x")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/{SignatureV4.Encode(key)}")).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_a_key_longer_than_1024_bytes()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.PutAsync($"/{bucket}/{new string('k', 1025)}", "x");
        answer.ShouldBeError(400, "KeyTooLongError", "Your key is too long");
    }

    [Fact]
    public async Task Accepts_a_matching_content_md5()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "hello", ("Content-MD5", TestData.Md5Base64("hello"u8)))).ShouldBe(200);
    }

    [Fact]
    public async Task Rejects_a_content_md5_of_other_bytes()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.PutAsync($"/{bucket}/key", "hello", ("Content-MD5", TestData.Md5Base64("other"u8)));
        answer.ShouldBeError(400, "BadDigest");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("")]
    public async Task Rejects_a_content_md5_that_is_none(string md5)
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.PutAsync($"/{bucket}/key", "hello", ("Content-MD5", md5));
        answer.ShouldBeError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
    }

    [Fact]
    public async Task Rejects_a_body_that_is_not_what_was_signed()
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Text = "tampered",
            PayloadHash = SignatureV4.EmptySha256,
        });
        answer.ShouldBeError(400, "XAmzContentSHA256Mismatch");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Rejects_a_body_of_unstated_length()
    {
        var bucket = await NewBucketAsync();
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            PayloadHash = SignatureV4.UnsignedPayload,
            AfterSigning = headers =>
            {
                headers["Transfer-Encoding"] = "chunked";
                headers["Content-Length"] = "";
                headers.Remove("Content-Length");
            },
        }, contentLength: null);
        await connection.WriteAsync("5\r\nhello\r\n0\r\n\r\n");
        var answer = await connection.ReadResponseAsync();
        answer.ShouldNotBeNull().ShouldBeError(501, "NotImplemented").Element("Header").ShouldBe("Transfer-Encoding");
    }

    [Fact]
    public async Task A_failed_overwrite_leaves_the_object_as_it_was()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", "old");
        await Raw.PutAsync($"/{bucket}/key", "new", ("Content-MD5", TestData.Md5Base64("other"u8)));
        (await Raw.GetAsync($"/{bucket}/key")).Text.ShouldBe("old");
    }

    [Fact]
    public async Task Rejects_an_unknown_storage_class()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ("x-amz-storage-class", "CARDBOARD")))
            .ShouldBeError(400, "InvalidStorageClass", "The storage class you specified is not valid");
    }

    [Fact]
    public async Task A_key_may_end_in_a_slash_and_hold_bytes()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/folder/", "x")).ShouldBe(200);
        (await Raw.PutAsync($"/{bucket}/folder/file", "y")).ShouldBe(200);
        (await Raw.GetAsync($"/{bucket}/folder/")).ShouldBe(200).Text.ShouldBe("x");
        (await Raw.GetAsync($"/{bucket}/folder/file")).ShouldBe(200).Text.ShouldBe("y");
    }
}
