using CasStore.Tests.Integration.Harness;
using CasStore.Tests.Integration.Multipart;

namespace CasStore.Tests.Integration.Objects;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html</summary>
public sealed class GetObjectAttributesTests : MultipartTests
{
    private const string All = "ETag,Checksum,ObjectParts,StorageClass,ObjectSize";

    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/key";
    }

    [Fact]
    public async Task Tells_all_of_an_object_that_was_put_whole()
    {
        await Raw.PutAsync(_target, "123456789");
        var answer = await AskAsync(All);
        answer.ShouldBe(200).Xml.Name.LocalName.ShouldBe("GetObjectAttributesResponse");
        answer.Header("Last-Modified").ShouldNotBeNullOrEmpty();
        answer.Element("ETag").ShouldBe(TestData.Md5("123456789"u8));
        answer.Element("ChecksumCRC64NVME").ShouldBe("rosUhgp5mIg=");
        answer.Element("ChecksumType").ShouldBe("FULL_OBJECT");
        answer.Element("ObjectParts").ShouldBeNull();
        answer.Element("StorageClass").ShouldBe("STANDARD");
        answer.Element("ObjectSize").ShouldBe("9");
    }

    [Theory]
    [InlineData("ETag", "ETag")]
    [InlineData("ObjectSize, StorageClass", "StorageClass,ObjectSize")]
    [InlineData("ObjectParts", "")]
    public async Task Tells_only_what_is_asked(string asked, string told)
    {
        await Raw.PutAsync(_target, "x");
        string.Join(',', (await AskAsync(asked)).ShouldBe(200).Xml.Elements().Select(e => e.Name.LocalName))
            .ShouldBe(told);
    }

    [Fact]
    public async Task Pages_the_parts_when_they_have_checksums()
    {
        var first = TestData.Bytes(MinimumPart, seed: 31);
        var upload = await StartAsync(
            _target, ("x-amz-checksum-algorithm", "CRC32"), ("x-amz-checksum-type", "FULL_OBJECT"));
        var one = await PartAsync(_target, upload, 2, first);
        var two = await PartAsync(_target, upload, 7, [1, 2, 3]);
        (await CompleteAsync(_target, upload, (2, one), (7, two))).ShouldBe(200);

        var all = await AskAsync("ObjectParts");
        all.Element("PartsCount").ShouldBe("2");
        all.Element("MaxParts").ShouldBe("1000");
        all.Element("IsTruncated").ShouldBe("false");
        all.Elements("PartNumber").ShouldBe(["2", "7"]);
        all.Elements("Size").ShouldBe([$"{MinimumPart}", "3"]);
        all.Elements("ChecksumCRC32").Count.ShouldBe(2);

        var start = await AskAsync("ObjectParts", ("x-amz-max-parts", "1"));
        start.Elements("PartNumber").ShouldBe(["2"]);
        start.Element("IsTruncated").ShouldBe("true");
        start.Element("NextPartNumberMarker").ShouldBe("2");
        var rest = await AskAsync("ObjectParts", ("x-amz-part-number-marker", "2"), ("x-amz-max-parts", "-1"));
        rest.Elements("PartNumber").ShouldBe(["7"]);
        rest.Element("PartNumberMarker").ShouldBe("2");
        rest.Element("IsTruncated").ShouldBe("false");
        rest.Element("PartsCount").ShouldBe("2");
    }

    [Fact]
    public async Task Tells_a_composite_checksum_without_the_number_of_parts()
    {
        var upload = await StartAsync(_target, ("x-amz-checksum-algorithm", "SHA1"));
        await PartAsync(_target, upload, 1, "123456789"u8.ToArray());
        (await Raw.SendAsync("POST", $"{_target}?uploadId={upload}",
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{TestData.Md5("123456789"u8)}</ETag>" +
            "<ChecksumSHA1>98O8HYCOBHMq32eZZczDTKeuNEE=</ChecksumSHA1></Part></CompleteMultipartUpload>"))
            .ShouldBe(200).Element("ChecksumSHA1").ShouldEndWith("-1");
        var answer = await AskAsync("Checksum,ETag");
        answer.Element("ChecksumSHA1").ShouldEndWith("=");
        answer.Element("ChecksumType").ShouldBe("COMPOSITE");
        answer.Element("ETag").ShouldEndWith("-1");
    }

    [Fact]
    public async Task Counts_the_parts_when_they_have_no_checksums()
    {
        var upload = await StartAsync(_target);
        var etag = await PartAsync(_target, upload, 1, [1]);
        (await CompleteAsync(_target, upload, (1, etag))).ShouldBe(200);
        var answer = await AskAsync("ObjectParts");
        answer.Element("PartsCount").ShouldBe("1");
        answer.Element("Part").ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public async Task Rejects_a_request_for_nothing(string? asked)
    {
        await Raw.PutAsync(_target, "x");
        var answer = asked is null ? await Raw.GetAsync($"{_target}?attributes") : await AskAsync(asked);
        answer.ShouldBeError(400, "InvalidRequest",
            "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
    }

    [Theory]
    [InlineData("Owner")]
    [InlineData("ETag,etag")]
    public async Task Rejects_an_attribute_that_does_not_exist(string asked)
    {
        await Raw.PutAsync(_target, "x");
        var answer = await AskAsync(asked);
        answer.ShouldBeError(400, "InvalidArgument", "Invalid attribute name specified.");
        answer.Element("ArgumentName").ShouldBe("x-amz-object-attributes");
        answer.Element("ArgumentValue").ShouldBe(asked.Split(',')[^1]);
    }

    [Fact]
    public async Task Rejects_an_object_that_does_not_exist() =>
        (await AskAsync(All)).ShouldBeError(404, "NoSuchKey");

    private Task<RawResponse> AskAsync(string attributes, params (string, string)[] headers) => Raw.SendAsync(
        "GET", $"{_target}?attributes", "", [("x-amz-object-attributes", attributes), .. headers]);
}
