using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>ListParts and ListMultipartUploads.</summary>
public sealed class ListUploadsTests : MultipartTests
{
    private string _bucket = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
    }

    [Fact]
    public async Task Lists_parts_in_pages()
    {
        var target = $"/{_bucket}/key";
        var upload = await StartAsync(target);
        foreach (var number in new[] { 10, 2, 5, 1 })
            await PartAsync(target, upload, number, TestData.Bytes(number, number));
        var id = SignatureV4.Encode(upload);

        var whole = (await Raw.GetAsync($"{target}?uploadId={id}")).ShouldBe(200);
        whole.Xml.Name.LocalName.ShouldBe("ListPartsResult");
        whole.Elements("PartNumber").ShouldBe(["1", "2", "5", "10"]);
        whole.Elements("Size").ShouldBe(["1", "2", "5", "10"]);
        whole.Element("IsTruncated").ShouldBe("false");
        whole.Element("UploadId").ShouldBe(upload);

        var first = (await Raw.GetAsync($"{target}?uploadId={id}&max-parts=3")).ShouldBe(200);
        first.Elements("PartNumber").ShouldBe(["1", "2", "5"]);
        first.Element("IsTruncated").ShouldBe("true");
        first.Element("NextPartNumberMarker").ShouldBe("5");
        (await Raw.GetAsync($"{target}?uploadId={id}&part-number-marker=5")).ShouldBe(200)
            .Elements("PartNumber").ShouldBe(["10"]);
        (await Raw.GetAsync($"{target}?uploadId={id}&max-parts=-1")).ShouldBeError(400, "InvalidArgument");
    }

    [Fact]
    public async Task Listing_parts_rejects_an_unknown_upload() =>
        (await Raw.GetAsync($"/{_bucket}/key?uploadId=no-such-upload")).ShouldBeError(404, "NoSuchUpload");

    [Fact]
    public async Task Lists_open_uploads_by_key()
    {
        var first = await StartAsync($"/{_bucket}/b");
        var second = await StartAsync($"/{_bucket}/b");
        await StartAsync($"/{_bucket}/a");
        await AbortAsync($"/{_bucket}/c", await StartAsync($"/{_bucket}/c"));
        var answer = (await Raw.GetAsync($"/{_bucket}?uploads")).ShouldBe(200);
        answer.Xml.Name.LocalName.ShouldBe("ListMultipartUploadsResult");
        answer.Elements("Key").ShouldBe(["a", "b", "b"]);
        answer.Elements("UploadId").Skip(1).ShouldBe([first, second], ignoreOrder: true);
        answer.Element("IsTruncated").ShouldBe("false");
        answer.Elements("Initiated").ShouldAllBe(time => time.EndsWith('Z'));
    }

    [Fact]
    public async Task Pages_of_uploads_hold_each_once()
    {
        var started = new List<string>();
        foreach (var key in new[] { "a", "b", "b", "b", "c", "d" })
            started.Add(await StartAsync($"/{_bucket}/{key}"));
        var seen = new List<string>();
        var markers = "";
        while (true)
        {
            var page = (await Raw.GetAsync($"/{_bucket}?uploads&max-uploads=2{markers}")).ShouldBe(200);
            seen.AddRange(page.Elements("UploadId"));
            if (page.Element("IsTruncated") != "true")
                break;
            markers = $"&key-marker={SignatureV4.Encode(page.Element("NextKeyMarker")!)}" +
                $"&upload-id-marker={SignatureV4.Encode(page.Element("NextUploadIdMarker")!)}";
        }
        seen.ShouldBe(started, ignoreOrder: true);
    }

    [Fact]
    public async Task Filters_and_rolls_up_uploads()
    {
        foreach (var key in new[] { "x/1", "x/2", "y" })
            await StartAsync($"/{_bucket}/{key}");
        (await Raw.GetAsync($"/{_bucket}?uploads&prefix=x%2F")).ShouldBe(200).Elements("Key").ShouldBe(["x/1", "x/2"]);
        var rolled = (await Raw.GetAsync($"/{_bucket}?uploads&delimiter=%2F")).ShouldBe(200);
        rolled.Elements("Key").ShouldBe(["y"]);
        rolled.Xml.Descendants().Where(e => e.Name.LocalName == "CommonPrefixes").Select(e => e.Value)
            .ShouldBe(["x/"]);
    }

    [Fact]
    public async Task Listing_uploads_rejects_an_unknown_bucket() =>
        (await Raw.GetAsync($"/{UniqueName()}?uploads")).ShouldBeError(404, "NoSuchBucket");
}
