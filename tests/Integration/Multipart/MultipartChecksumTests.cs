using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Multipart;

/// <summary>Checksums of parts, and of the object that they make.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</remarks>
public sealed class MultipartChecksumTests : MultipartTests
{
    private static readonly byte[] s_first = TestData.Bytes(MinimumPart, seed: 21);
    private static readonly byte[] s_second = TestData.Bytes(3_000, seed: 22);

    private string _target = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _target = $"/{await NewBucketAsync()}/key";
    }

    [Theory]
    [InlineData("CRC32", null, "COMPOSITE")]
    [InlineData("CRC32C", "FULL_OBJECT", "FULL_OBJECT")]
    [InlineData("CRC64NVME", null, "FULL_OBJECT")]
    [InlineData("SHA256", "COMPOSITE", "COMPOSITE")]
    [InlineData("MD5", null, "COMPOSITE")]
    [InlineData("SHA512", null, "COMPOSITE")]
    [InlineData("XXHASH64", null, "COMPOSITE")]
    [InlineData("XXHASH3", null, "COMPOSITE")]
    [InlineData("XXHASH128", "composite", "COMPOSITE")]
    public async Task An_algorithm_gives_parts_and_object_their_checksums(string name, string? asked, string type)
    {
        var algorithm = Enum.Parse<ChecksumAlgorithm>(name, ignoreCase: true);
        var (upload, parts) = await UploadAsync(name, asked, type);
        var (one, two) = (Sum(algorithm, s_first), Sum(algorithm, s_second));
        parts.ShouldBe([one, two]);
        await ListsPartsAsync(upload, name, type, [one, two]);

        var done = await CompleteAsync(upload, $"Checksum{name}", one, two);
        var whole = type == "FULL_OBJECT"
            ? Sum(algorithm, [.. s_first, .. s_second])
            : Sum(algorithm, [.. Convert.FromBase64String(one), .. Convert.FromBase64String(two)]) + "-2";
        done.ShouldBe(200).Element($"Checksum{name}").ShouldBe(whole);
        done.Element("ChecksumType").ShouldBe(type);
        (string, string)[] expected = [("", whole), ("?partNumber=1", one), ("?partNumber=2", two)];
        foreach (var (query, value) in expected)
        {
            var head = await Raw.SendAsync("HEAD", _target + query, "", ("x-amz-checksum-mode", "ENABLED"));
            head.Header($"x-amz-checksum-{name.ToLowerInvariant()}").ShouldBe(value);
            head.Header("x-amz-checksum-type").ShouldBe(type);
        }
    }

    [Fact]
    public async Task Without_an_algorithm_the_object_gets_crc64nvme()
    {
        var upload = await StartAsync(_target);
        var first = await Raw.SendAsync(new RawRequest("PUT", PartTarget(_target, upload, 1)) { Body = s_first });
        first.ShouldBe(200).Headers.Keys.ShouldNotContain(name => name.StartsWith("x-amz-checksum"));
        var crc32 = Sum(ChecksumAlgorithm.Crc32, s_second);
        var second = await Raw.SendAsync(new RawRequest("PUT", PartTarget(_target, upload, 2))
        {
            Body = s_second,
            Headers = new() { ["x-amz-checksum-crc32"] = crc32 },
        });
        second.ShouldBe(200).Header("x-amz-checksum-crc32").ShouldBe(crc32);
        var listed = await Raw.GetAsync($"{_target}?uploadId={upload}");
        listed.Element("ChecksumAlgorithm").ShouldBeNull();
        listed.Element("ChecksumCRC64NVME").ShouldBeNull();

        var done = await CompleteAsync(_target, upload, (1, first.Header("ETag")!), (2, second.Header("ETag")!));
        var whole = Sum(ChecksumAlgorithm.Crc64Nvme, [.. s_first, .. s_second]);
        done.ShouldBe(200).Element("ChecksumCRC64NVME").ShouldBe(whole);
        done.Element("ChecksumType").ShouldBe("FULL_OBJECT");
        var head = await Raw.SendAsync("HEAD", _target, "", ("x-amz-checksum-mode", "ENABLED"));
        head.Header("x-amz-checksum-crc64nvme").ShouldBe(whole);
        var part = await Raw.SendAsync("HEAD", $"{_target}?partNumber=1", "", ("x-amz-checksum-mode", "ENABLED"));
        part.Header("x-amz-checksum-crc64nvme").ShouldBeNull();
    }

    [Fact]
    public async Task A_copied_part_gets_the_checksum_of_the_upload()
    {
        await Raw.PutAsync($"{_target}-source", "123456789");
        var upload = await StartAsync(_target, ("x-amz-checksum-algorithm", "SHA1"));
        var copied = await Raw.PutAsync(
            PartTarget(_target, upload, 1), "", ("x-amz-copy-source", $"{_target}-source"));
        copied.ShouldBe(200).Element("ChecksumSHA1").ShouldBe("98O8HYCOBHMq32eZZczDTKeuNEE=");
        (await Raw.GetAsync($"{_target}?uploadId={upload}")).Element("ChecksumSHA1")
            .ShouldBe("98O8HYCOBHMq32eZZczDTKeuNEE=");
    }

    [Theory]
    [InlineData("SHA256", "FULL_OBJECT",
        "The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.")]
    [InlineData("XXHASH3", "FULL_OBJECT",
        "The FULL_OBJECT checksum type cannot be used with the xxhash3 checksum algorithm.")]
    [InlineData("CRC64NVME", "COMPOSITE",
        "The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.")]
    [InlineData("CRC32", "HALF", "Value for x-amz-checksum-type header is invalid.")]
    [InlineData(null, "COMPOSITE",
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")]
    public async Task Starting_rejects_a_type_that_the_algorithm_does_not_have(
        string? algorithm, string type, string message)
    {
        (string, string)[] headers = [("x-amz-checksum-type", type)];
        if (algorithm is not null)
            headers = [.. headers, ("x-amz-checksum-algorithm", algorithm)];
        (await Raw.SendAsync("POST", $"{_target}?uploads", "", headers))
            .ShouldBeError(400, "InvalidRequest", message);
    }

    [Fact]
    public async Task A_part_with_another_algorithm_is_rejected()
    {
        var upload = await StartAsync(_target, ("x-amz-checksum-algorithm", "SHA256"));
        (await Raw.PutAsync(PartTarget(_target, upload, 1), "123456789", ("x-amz-checksum-crc32", "y/Q5Jg==")))
            .ShouldBeError(400, "InvalidRequest",
                "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32");
        (await Raw.PutAsync(PartTarget(_target, upload, 1), "12345678", ("x-amz-checksum-sha256",
            Convert.ToBase64String(SHA256.HashData("123456789"u8))))).ShouldBeError(400, "BadDigest");
    }

    [Theory]
    [InlineData("<ChecksumCRC32>y/Q5Jg==</ChecksumCRC32>", 200, "")]
    [InlineData("", 400, "InvalidRequest")]
    [InlineData("<ChecksumCRC32>AAAAAA==</ChecksumCRC32>", 400, "InvalidPart")]
    [InlineData("<ChecksumCRC32>AAA=</ChecksumCRC32>", 400, "InvalidArgument")]
    [InlineData("<ChecksumCRC32C>4waSgw==</ChecksumCRC32C>", 400, "BadDigest")]
    [InlineData("<ChecksumCRC32>y/Q5Jg==</ChecksumCRC32><ChecksumCRC32C>4waSgw==</ChecksumCRC32C>", 400,
        "InvalidArgument")]
    [InlineData("<ChecksumCRC32>y/Q5Jg==</ChecksumCRC32><ChecksumCRC32>y/Q5Jg==</ChecksumCRC32>", 400,
        "MalformedXML")]
    public async Task Completing_checks_what_is_said_of_each_part(string said, int status, string code)
    {
        var (upload, etag) = await NineDigitsAsync("CRC32");
        Expect(await CompleteAsync(upload, etag, said), status, code);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "composite", 200, "")]
    [InlineData("x-amz-checksum-crc32", "composite-1", 200, "")]
    [InlineData("x-amz-checksum-crc32", "AAAAAA==", 400, "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "AAA=", 400, "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32c", "4waSgw==", 400, "InvalidRequest")]
    [InlineData("x-amz-checksum-type", "COMPOSITE", 200, "")]
    [InlineData("x-amz-checksum-type", "FULL_OBJECT", 400, "InvalidRequest")]
    [InlineData("x-amz-checksum-type", "HALF", 400, "InvalidRequest")]
    [InlineData("x-amz-mp-object-size", "9", 200, "")]
    [InlineData("x-amz-mp-object-size", "8", 400, "InvalidRequest")]
    [InlineData("x-amz-mp-object-size", "-9", 400, "InvalidRequest")]
    public async Task Completing_checks_what_is_said_of_the_object(string header, string value, int status, string code)
    {
        var (upload, etag) = await NineDigitsAsync("CRC32");
        var composite = Sum(ChecksumAlgorithm.Crc32, Convert.FromBase64String("y/Q5Jg=="));
        Expect(await CompleteAsync(upload, etag, "<ChecksumCRC32>y/Q5Jg==</ChecksumCRC32>",
            (header, value.Replace("composite", composite, StringComparison.Ordinal))), status, code);
    }

    private static void Expect(RawResponse answer, int status, string code)
    {
        if (status == 200)
            answer.ShouldBe(200);
        else
            answer.ShouldBeError(status, code);
    }

    private async Task<(string Upload, string ETag)> NineDigitsAsync(string algorithm)
    {
        var upload = await StartAsync(_target, ("x-amz-checksum-algorithm", algorithm));
        return (upload, await PartAsync(_target, upload, 1, "123456789"u8.ToArray()));
    }

    private async Task<(string Upload, List<string?> Parts)> UploadAsync(string name, string? asked, string type)
    {
        List<(string, string)> headers = [("x-amz-checksum-algorithm", name)];
        if (asked is not null)
            headers.Add(("x-amz-checksum-type", asked));
        var started = (await Raw.SendAsync("POST", $"{_target}?uploads", "", [.. headers])).ShouldBe(200);
        started.Header("x-amz-checksum-algorithm").ShouldBe(name);
        started.Header("x-amz-checksum-type").ShouldBe(type);
        var upload = started.Element("UploadId")!;
        var checksums = new List<string?>();
        foreach (var (number, bytes) in (List<(int, byte[])>)[(1, s_first), (2, s_second)])
        {
            var put = await PutPartAsync(_target, upload, number, bytes);
            checksums.Add(put.ShouldBe(200).Header($"x-amz-checksum-{name.ToLowerInvariant()}"));
        }
        return (upload, checksums);
    }

    private async Task ListsPartsAsync(string upload, string name, string type, string[] checksums)
    {
        var listed = await Raw.GetAsync($"{_target}?uploadId={upload}");
        listed.Element("ChecksumAlgorithm").ShouldBe(name);
        listed.Element("ChecksumType").ShouldBe(type);
        listed.Elements($"Checksum{name}").ShouldBe(checksums);
    }

    private Task<RawResponse> CompleteAsync(string upload, string element, string one, string two) =>
        Raw.SendAsync("POST", $"{_target}?uploadId={upload}",
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{TestData.Md5(s_first)}</ETag>" +
            $"<{element}>{one}</{element}></Part><Part><PartNumber>2</PartNumber>" +
            $"<ETag>{TestData.Md5(s_second)}</ETag><{element}>{two}</{element}></Part></CompleteMultipartUpload>");

    private Task<RawResponse> CompleteAsync(
        string upload, string etag, string said, params (string, string)[] headers) =>
        Raw.SendAsync("POST", $"{_target}?uploadId={upload}",
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag>{said}</Part>" +
            "</CompleteMultipartUpload>", headers);

    private static string Sum(ChecksumAlgorithm algorithm, byte[] bytes)
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append(bytes);
        return Convert.ToBase64String(checksum.Finish());
    }
}
