using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>CreateMultipartUpload, UploadPart, UploadPartCopy and AbortMultipartUpload.</summary>
public sealed class UploadPartTests : MultipartTests
{
    private string _bucket = "";
    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
        _target = $"/{_bucket}/dir/key";
    }

    [Fact]
    public async Task Starting_tells_bucket_key_and_id()
    {
        var answer = (await Raw.SendAsync("POST", $"{_target}?uploads")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("InitiateMultipartUploadResult");
        answer.Element("Bucket").ShouldBe(_bucket);
        answer.Element("Key").ShouldBe("dir/key");
        answer.Element("UploadId").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Starting_rejects_an_unknown_bucket() =>
        (await Raw.SendAsync("POST", $"/{UniqueName()}/key?uploads")).ShouldBeError(404, "NoSuchBucket");

    [Fact]
    public async Task An_open_upload_is_invisible()
    {
        var upload = await StartAsync(_target);
        await PartAsync(_target, upload, 1, "part"u8.ToArray());
        (await Raw.GetAsync(_target)).ShouldBeError(404, "NoSuchKey");
        (await S3.ListAllAsync(_bucket)).ShouldBeEmpty();
        (await Raw.SendAsync("DELETE", $"/{_bucket}")).Status.ShouldBeOneOf(204, 409);
    }

    [Fact]
    public async Task A_part_answers_with_its_md5()
    {
        var upload = await StartAsync(_target);
        var bytes = TestData.Bytes(70_000, seed: 9);
        (await PartAsync(_target, upload, 1, bytes)).ShouldBe($"\"{TestData.Md5(bytes)}\"");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task Rejects_a_part_number_out_of_range(string number)
    {
        var upload = await StartAsync(_target);
        (await Raw.PutAsync($"{_target}?partNumber={number}&uploadId={SignatureV4.Encode(upload)}", "x"))
            .ShouldBeError(400, "InvalidArgument");
    }

    [Fact]
    public async Task Rejects_an_unknown_upload() =>
        (await PutPartAsync(_target, "no-such-upload", 1, [1])).ShouldBeError(404, "NoSuchUpload");

    [Fact]
    public async Task Rejects_the_upload_of_another_key()
    {
        var upload = await StartAsync(_target);
        (await PutPartAsync($"/{_bucket}/other", upload, 1, [1])).ShouldBeError(404, "NoSuchUpload");
    }

    [Fact]
    public async Task Rejects_a_wrong_content_md5()
    {
        var upload = await StartAsync(_target);
        (await Raw.SendAsync("PUT", PartTarget(_target, upload, 1), "x",
            ("Content-MD5", TestData.Md5Base64("y"u8)))).ShouldBeError(400, "BadDigest");
    }

    [Fact]
    public async Task Copies_a_range_of_an_object()
    {
        var source = TestData.Bytes(MinimumPart + 5000, seed: 4);
        await Raw.SendAsync(new RawRequest("PUT", $"/{_bucket}/source") { Body = source });
        var upload = await StartAsync(_target);
        var one = await CopyPartAsync(upload, 1, ("x-amz-copy-source-range", $"bytes=100-{MinimumPart + 99}"));
        var two = await CopyPartAsync(upload, 2, ("x-amz-copy-source-range", "bytes=0-9"));
        one.ShouldBe(200).Xml.Name.LocalName.ShouldBe("CopyPartResult");
        (await CompleteAsync(_target, upload, (1, one.Element("ETag")!), (2, two.Element("ETag")!))).ShouldBe(200);
        (await Raw.GetAsync(_target)).Body.AsSpan()
            .SequenceEqual([.. source.AsSpan(100, MinimumPart), .. source.AsSpan(0, 10)]).ShouldBeTrue();
    }

    [Fact]
    public async Task Copies_a_whole_object()
    {
        await Raw.PutAsync($"/{_bucket}/source", "whole");
        var upload = await StartAsync(_target);
        var one = (await CopyPartAsync(upload, 1)).ShouldBe(200);
        one.Element("ETag").ShouldBe($"\"{TestData.Md5("whole"u8)}\"");
        (await CompleteAsync(_target, upload, (1, one.Element("ETag")!))).ShouldBe(200);
        (await Raw.GetAsync(_target)).Text.ShouldBe("whole");
    }

    [Theory]
    [InlineData("bytes=0-100")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=3-")]
    [InlineData("0-1")]
    public async Task Rejects_a_copy_range_outside_the_source(string range)
    {
        await Raw.PutAsync($"/{_bucket}/source", "whole");
        var upload = await StartAsync(_target);
        var answer = await CopyPartAsync(upload, 1, ("x-amz-copy-source-range", range));
        answer.Status.ShouldBeOneOf(400, 416);
        answer.Element("Code").ShouldBeOneOf("InvalidArgument", "InvalidRange");
    }

    [Fact]
    public async Task Aborting_forgets_the_upload()
    {
        var upload = await StartAsync(_target);
        await PartAsync(_target, upload, 1, [1, 2, 3]);
        (await AbortAsync(_target, upload)).ShouldBe(204);
        (await AbortAsync(_target, upload)).ShouldBeError(404, "NoSuchUpload");
        (await PutPartAsync(_target, upload, 2, [1])).ShouldBeError(404, "NoSuchUpload");
    }

    private Task<RawResponse> CopyPartAsync(string upload, int number, params (string, string)[] headers) =>
        Raw.PutAsync(
            PartTarget(_target, upload, number), "", [("x-amz-copy-source", $"/{_bucket}/source"), .. headers]);
}
