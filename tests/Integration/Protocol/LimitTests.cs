using System.Text;
using CasStore.Tests.Integration.Harness;
using CasStore.Tests.Integration.Multipart;

namespace CasStore.Tests.Integration.Protocol;

/// <summary>The limits of S3, and numbers beyond all limits: each has its own error.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html</remarks>
public sealed class LimitTests : MultipartTests
{
    private const long LargestPut = 5L << 30;

    private string _bucket = "";
    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _bucket = await NewBucketAsync();
        _target = $"/{_bucket}/key";
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("%201")]
    public async Task A_part_number_is_from_1_to_10000(string number)
    {
        var upload = await StartAsync(_target);
        (await Raw.PutAsync($"{_target}?partNumber={number}&uploadId={upload}", "x")).ShouldBeError(400,
            "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "100-continue")]
    [InlineData("?partNumber=1&uploadId=", null)]
    [InlineData("?partNumber=1&uploadId=", "100-continue")]
    public async Task A_body_above_5_GiB_is_refused_before_it_comes(string query, string? expect)
    {
        var upload = await StartAsync(_target);
        var target = query.Length == 0 ? _target : $"{_target}{query}{upload}";
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", target)
        {
            PayloadHash = SignatureV4.UnsignedPayload,
            AfterSigning = headers => headers["Expect"] = expect ?? "",
        }, LargestPut + 1);
        var answer = (await connection.ReadResponseAsync()).ShouldNotBeNull();
        answer.ShouldBeError(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
        answer.Element("ProposedSize").ShouldBe($"{LargestPut + 1}");
        answer.Element("MaxSizeAllowed").ShouldBe($"{LargestPut}");
    }

    [Theory]
    [InlineData("9223372036854775807", "EntityTooLarge")]
    [InlineData("5368709121", "EntityTooLarge")]
    [InlineData("9223372036854775808", "InvalidArgument")]
    [InlineData("-1", "InvalidArgument")]
    [InlineData("9x", "InvalidArgument")]
    [InlineData("", "InvalidArgument")]
    [InlineData("8", "IncompleteBody")]
    [InlineData("10", "IncompleteBody")]
    public async Task A_decoded_length_is_a_number_and_right(string length, string code) =>
        (await Raw.SendAsync(new RawRequest("PUT", _target)
        {
            Text = "9\r\n123456789\r\n0\r\n\r\n",
            PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Headers = new() { ["x-amz-decoded-content-length"] = length },
        })).ShouldBeError(400, code);

    [Theory]
    [InlineData("zz")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0x9")]
    [InlineData("7fffffffffffffff")]
    [InlineData("ffffffffffffffffff")]
    [InlineData("9;name=value")]
    public async Task The_size_of_a_chunk_is_hexadecimal(string size) =>
        (await Raw.SendAsync(new RawRequest("PUT", _target)
        {
            Text = $"{size}\r\n123456789\r\n0\r\n\r\n",
            PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Headers = new() { ["x-amz-decoded-content-length"] = "9" },
        })).ShouldBeError(400, "InvalidRequest");

    [Theory]
    [InlineData("-1")]
    [InlineData("5, 5")]
    [InlineData("0x5")]
    [InlineData("99999999999999999999999")]
    public async Task A_content_length_is_digits(string length)
    {
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", _target)
        {
            Text = "12345",
            AfterSigning = headers => headers["Content-Length"] = length,
        });
        await connection.WriteAsync("12345");
        (await connection.ReadResponseAsync()).ShouldNotBeNull().Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("?max-keys=")]
    [InlineData("?list-type=2&max-keys=")]
    [InlineData("?uploads&max-uploads=")]
    [InlineData("/key?uploadId=UPLOAD&max-parts=")]
    [InlineData("/key?uploadId=UPLOAD&part-number-marker=")]
    public async Task A_count_is_a_number_from_0(string query)
    {
        var upload = await StartAsync(_target);
        query = query.Replace("UPLOAD", upload, StringComparison.Ordinal);
        foreach (var number in (string[])["-1", "x", "1.5", "2147483648", "99999999999999999999"])
            (await Raw.GetAsync($"/{_bucket}{query}{number}")).ShouldBeError(400, "InvalidArgument");
        foreach (var number in (string[])["0", "1", "2147483647"])
            (await Raw.GetAsync($"/{_bucket}{query}{number}")).ShouldBe(200);
    }

    [Theory]
    [InlineData("x-amz-meta-a")]
    [InlineData("Content-Type")]
    [InlineData("Cache-Control")]
    [InlineData("Content-Encoding")]
    [InlineData("x-amz-website-redirect-location")]
    public async Task What_could_not_come_back_is_not_taken(string header)
    {
        foreach (var value in (string[])["a\u0001b", "a\u000bb", "a\u007fb"])
        {
            using var connection = await Raw.BeginAsync(
                new RawRequest("PUT", _target) { Headers = new() { [header] = value } });
            (await connection.ReadResponseAsync()).ShouldNotBeNull()
                .ShouldBeError(400, "InvalidArgument").Element("ArgumentName")!.ToLowerInvariant()
                .ShouldBe(header.ToLowerInvariant());
        }
        (await Raw.GetAsync(_target)).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("<Part><PartNumber>0</PartNumber><ETag>a</ETag></Part>", "InvalidArgument")]
    [InlineData("<Part><PartNumber>-1</PartNumber><ETag>a</ETag></Part>", "InvalidArgument")]
    [InlineData("<Part><PartNumber>10001</PartNumber><ETag>a</ETag></Part>", "InvalidPart")]
    [InlineData("<Part><PartNumber>99999999999</PartNumber><ETag>a</ETag></Part>", "MalformedXML")]
    [InlineData("<Part><PartNumber>x</PartNumber><ETag>a</ETag></Part>", "MalformedXML")]
    [InlineData("<Part><PartNumber>1</PartNumber></Part>", "MalformedXML")]
    [InlineData("<Part><PartNumber>1</PartNumber><PartNumber>1</PartNumber><ETag>a</ETag></Part>", "MalformedXML")]
    [InlineData("<Foo/>", "MalformedXML")]
    [InlineData("", "MalformedXML")]
    public async Task A_list_of_parts_is_as_the_schema_says(string parts, string code)
    {
        var upload = await StartAsync(_target);
        (await Raw.SendAsync("POST", $"{_target}?uploadId={upload}",
            $"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>")).ShouldBeError(400, code);
    }

    [Theory]
    [InlineData(10_000, "InvalidPart")]
    [InlineData(10_001, "MalformedXML")]
    public async Task A_list_has_10000_parts_at_most(int count, string code)
    {
        var upload = await StartAsync(_target);
        var parts = Enumerable.Range(1, count).Select(number => (number, TestData.Md5("x"u8))).ToArray();
        (await CompleteAsync(_target, upload, parts)).ShouldBeError(400, code);
    }

    [Fact]
    public async Task All_parts_but_the_last_have_5_MiB()
    {
        var upload = await StartAsync(_target);
        var one = await PartAsync(_target, upload, 1, TestData.Bytes(MinimumPart - 1, seed: 5));
        var two = await PartAsync(_target, upload, 2, [1]);
        var answer = await CompleteAsync(_target, upload, (1, one), (2, two));
        answer.ShouldBeError(400, "EntityTooSmall").Element("MinSizeAllowed").ShouldBe($"{MinimumPart}");
        answer.Element("ProposedSize").ShouldBe($"{MinimumPart - 1}");
        answer.Element("PartNumber").ShouldBe("1");
    }

    [Theory]
    [InlineData("<Quiet>maybe</Quiet><Object><Key>a</Key></Object>")]
    [InlineData("<Quiet>true</Quiet><Quiet>true</Quiet><Object><Key>a</Key></Object>")]
    [InlineData("<Object><Key>a</Key><Key>b</Key></Object>")]
    [InlineData("<Object><Key><b>a</b></Key></Object>")]
    [InlineData("<Object/>")]
    [InlineData("<Objects><Key>a</Key></Objects>")]
    [InlineData("")]
    public async Task A_list_of_deletions_is_as_the_schema_says(string content)
    {
        var document = $"<Delete>{content}</Delete>";
        (await Raw.SendAsync("POST", $"/{_bucket}?delete", document,
            ("Content-MD5", TestData.Md5Base64(Encoding.UTF8.GetBytes(document))))).ShouldBeError(400, "MalformedXML");
    }

    [Theory]
    [InlineData(null, "HTTP/1.1 403 Forbidden")]
    [InlineData("x", "HTTP/1.1 403 Forbidden")]
    [InlineData("", "HTTP/1.1 100 Continue")]
    public async Task Who_may_not_write_is_told_so_before_the_body(string? spoil, string expected)
    {
        using var connection = await Raw.BeginAsync(new RawRequest("PUT", _target)
        {
            Who = spoil is null ? null : ServerProcess.Root,
            PayloadHash = SignatureV4.UnsignedPayload,
            AfterSigning = headers =>
            {
                headers["Expect"] = "100-continue";
                if (spoil is "x")
                    headers["Authorization"] += "x";
            },
        }, contentLength: 5);
        (await connection.ReadFirstLineAsync()).ShouldBe(expected);
    }
}
