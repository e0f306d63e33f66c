using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

public sealed class CompleteMultipartUploadTests : MultipartTests
{
    private static readonly byte[] First = TestData.Bytes(MinimumPart, seed: 1);
    private static readonly byte[] Last = TestData.Bytes(1000, seed: 2);
    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/key";
    }

    [Fact]
    public async Task Puts_the_parts_together()
    {
        var upload = await StartAsync(_target, ("Content-Type", "text/plain"), ("x-amz-meta-a", "b"));
        var two = await PartAsync(_target, upload, 7, Last);
        var one = await PartAsync(_target, upload, 3, First);
        var answer = (await CompleteAsync(_target, upload, (3, one), (7, two))).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("CompleteMultipartUploadResult");
        var etag = $"\"{TestData.MultipartETag(First, Last)}\"";
        answer.Element("ETag").ShouldBe(etag);
        answer.Element("Key").ShouldBe("key");

        var got = (await Raw.GetAsync(_target)).ShouldBe(200);
        got.Body.AsSpan().SequenceEqual([.. First, .. Last]).ShouldBeTrue();
        got.Header("ETag").ShouldBe(etag);
        got.Header("Content-Type").ShouldBe("text/plain");
        got.Header("x-amz-meta-a").ShouldBe("b");
    }

    [Fact]
    public async Task Serves_ranges_and_parts_of_the_result()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, First);
        var two = await PartAsync(_target, upload, 2, Last);
        (await CompleteAsync(_target, upload, (1, one), (2, two))).ShouldBe(200);
        byte[] whole = [.. First, .. Last];
        var across = await Raw.SendAsync("GET", _target, "",
            ("Range", $"bytes={MinimumPart - 10}-{MinimumPart + 9}"));
        across.ShouldBe(206).Body.AsSpan().SequenceEqual(whole.AsSpan(MinimumPart - 10, 20)).ShouldBeTrue();
        var part = (await Raw.GetAsync($"{_target}?partNumber=2")).ShouldBe(206);
        part.Body.AsSpan().SequenceEqual(Last).ShouldBeTrue();
        part.Header("x-amz-mp-parts-count").ShouldBe("2");
        part.Header("Content-Range").ShouldBe($"bytes {MinimumPart}-{whole.Length - 1}/{whole.Length}");
        (await Raw.GetAsync($"{_target}?partNumber=3")).ShouldBeError(416, "InvalidPartNumber");
    }

    [Fact]
    public async Task Takes_a_subset_of_the_parts()
    {
        var upload = await StartAsync(_target);
        await PartAsync(_target, upload, 1, First);
        var two = await PartAsync(_target, upload, 2, Last);
        (await CompleteAsync(_target, upload, (2, two))).ShouldBe(200);
        (await Raw.GetAsync(_target)).Body.AsSpan().SequenceEqual(Last).ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_upload_of_a_part_counts()
    {
        var upload = await StartAsync(_target);
        var old = await PartAsync(_target, upload, 1, First);
        var now = await PartAsync(_target, upload, 1, Last);
        (await CompleteAsync(_target, upload, (1, old))).ShouldBeError(400, "InvalidPart");
        (await CompleteAsync(_target, upload, (1, now))).ShouldBe(200);
        (await Raw.GetAsync(_target)).Body.AsSpan().SequenceEqual(Last).ShouldBeTrue();
    }

    [Fact]
    public async Task Rejects_parts_out_of_order()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, First);
        var two = await PartAsync(_target, upload, 2, First);
        (await CompleteAsync(_target, upload, (2, two), (1, one))).ShouldBeError(400, "InvalidPartOrder");
        (await CompleteAsync(_target, upload, (1, one), (1, one))).ShouldBeError(400, "InvalidPartOrder");
    }

    [Fact]
    public async Task Rejects_a_part_that_was_never_uploaded()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, Last);
        (await CompleteAsync(_target, upload, (1, one), (2, one))).ShouldBeError(400, "InvalidPart");
        (await Raw.GetAsync(_target)).ShouldBeError(404, "NoSuchKey");
    }

    [Fact]
    public async Task Rejects_a_small_part_that_is_not_the_last()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, Last);
        var two = await PartAsync(_target, upload, 2, Last);
        (await CompleteAsync(_target, upload, (1, one), (2, two))).ShouldBeError(400, "EntityTooSmall",
            "Your proposed upload is smaller than the minimum allowed size");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<CompleteMultipartUpload/>")]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>")]
    [InlineData("<Other/>")]
    [InlineData("no xml")]
    public async Task Rejects_a_body_that_lists_no_parts(string body)
    {
        var upload = await StartAsync(_target);
        var answer = await Raw.SendAsync("POST", $"{_target}?uploadId={SignatureV4.Encode(upload)}", body);
        answer.Status.ShouldBe(400, answer.Text);
        answer.Element("Code").ShouldBeOneOf("MalformedXML", "InvalidRequest", "MissingRequestBodyError");
    }

    [Fact]
    public async Task Is_idempotent()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, Last);
        var first = (await CompleteAsync(_target, upload, (1, one))).ShouldBe(200);
        var again = (await CompleteAsync(_target, upload, (1, one))).ShouldBe(200);
        again.Element("ETag").ShouldBe(first.Element("ETag"));
        (await EventLog.ReadAsync(Server)).Count(e => e.Type == "UploadCompleted"
            && e.Payload.GetProperty("uploadId").GetString() == upload).ShouldBe(1);
    }

    [Fact]
    public async Task Rejects_an_unknown_upload()
    {
        (await CompleteAsync(_target, "no-such-upload", (1, "x"))).ShouldBeError(404, "NoSuchUpload");
        var aborted = await StartAsync(_target);
        var one = await PartAsync(_target, aborted, 1, Last);
        await AbortAsync(_target, aborted);
        (await CompleteAsync(_target, aborted, (1, one))).ShouldBeError(404, "NoSuchUpload");
    }

    [Fact]
    public async Task Honours_if_none_match()
    {
        await Raw.PutAsync(_target, "there");
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, Last);
        (await Raw.SendAsync("POST", $"{_target}?uploadId={SignatureV4.Encode(upload)}", PartList((1, one)),
            ("If-None-Match", "*"))).ShouldBeError(412, "PreconditionFailed");
        (await Raw.GetAsync(_target)).Text.ShouldBe("there");
    }
}
