using System.Security.Cryptography;
using CasStore.BlobCas;
using CasStore.BlobCas.Hashing;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</summary>
public sealed class ChecksumTests : StoreTests
{
    private const string Text = "123456789";

    // Check values of the CRC catalogue for "123456789": CBF43926, E3069283 and AE8B14860A799888.
    public static TheoryData<string, string> OfNineDigits => new()
    {
        { "crc32", "y/Q5Jg==" },
        { "crc32c", "4waSgw==" },
        { "crc64nvme", "rosUhgp5mIg=" },
        { "md5", Convert.ToBase64String(MD5.HashData("123456789"u8)) },
        { "sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=" },
        { "sha256", Convert.ToBase64String(SHA256.HashData("123456789"u8)) },
        { "sha512", Convert.ToBase64String(SHA512.HashData("123456789"u8)) },
        { "xxhash64", Sum(ChecksumAlgorithm.XxHash64) },
        { "xxhash3", Sum(ChecksumAlgorithm.XxHash3) },
        { "xxhash128", Sum(ChecksumAlgorithm.XxHash128) },
    };

    [Theory]
    [MemberData(nameof(OfNineDigits))]
    public async Task Verifies_keeps_and_tells_a_checksum(string algorithm, string value)
    {
        var bucket = await NewBucketAsync();
        var header = $"x-amz-checksum-{algorithm}";
        var put = (await Raw.PutAsync($"/{bucket}/key", Text, (header, value))).ShouldBe(200);
        put.Header(header).ShouldBe(value);
        put.Header("x-amz-checksum-type").ShouldBe("FULL_OBJECT");
        var asked = await Raw.SendAsync("HEAD", $"/{bucket}/key", "", ("x-amz-checksum-mode", "ENABLED"));
        asked.ShouldBe(200).Header(header).ShouldBe(value);
        asked.Header("x-amz-checksum-type").ShouldBe("FULL_OBJECT");
        (await Raw.SendAsync("HEAD", $"/{bucket}/key")).Header(header).ShouldBeNull();
        var listed = await Raw.GetAsync($"/{bucket}?list-type=2");
        listed.Element("ChecksumAlgorithm").ShouldBe(algorithm.ToUpperInvariant());
        listed.Element("ChecksumType").ShouldBe("FULL_OBJECT");
    }

    [Theory]
    [MemberData(nameof(OfNineDigits))]
    public async Task Rejects_a_checksum_of_other_bytes(string algorithm, string value)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "987654321", ($"x-amz-checksum-{algorithm}", value)))
            .ShouldBeError(400, "BadDigest",
                $"The {algorithm.ToUpperInvariant()} you specified did not match the calculated checksum.");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAA=")]
    [InlineData("not base64")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Rejects_a_checksum_that_is_none(string value)
    {
        var bucket = await NewBucketAsync();
        foreach (var algorithm in (string[])["crc32", "sha256", "sha512", "xxhash128"])
        {
            (await Raw.PutAsync($"/{bucket}/key", "x", ($"x-amz-checksum-{algorithm}", value)))
                .ShouldBeError(400, "InvalidRequest", $"Value for x-amz-checksum-{algorithm} header is invalid.");
        }
    }

    [Fact]
    public async Task Rejects_two_checksums() =>
        (await Raw.PutAsync($"/{await NewBucketAsync()}/key", Text,
            ("x-amz-checksum-crc32", "y/Q5Jg=="), ("x-amz-checksum-crc32c", "4waSgw==")))
            .ShouldBeError(400, "InvalidRequest",
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");

    [Fact]
    public async Task Rejects_an_algorithm_that_does_not_exist()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", Text, ("x-amz-checksum-crc16", "AAA=")))
            .ShouldBeError(400, "InvalidRequest",
                "The algorithm type you specified in x-amz-checksum- header is invalid.");
        (await Raw.SendAsync("POST", $"/{bucket}/key?uploads", "", ("x-amz-checksum-algorithm", "CRC16")))
            .ShouldBeError(400, "InvalidRequest",
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: " +
                "[CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]");
    }

    [Fact]
    public async Task Rejects_another_algorithm_than_the_one_announced()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", Text,
            ("x-amz-sdk-checksum-algorithm", "SHA256"), ("x-amz-checksum-crc32", "y/Q5Jg==")))
            .ShouldBeError(400, "InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");
        (await Raw.PutAsync($"/{bucket}/key", Text, ("x-amz-sdk-checksum-algorithm", "CRC32")))
            .ShouldBeError(400, "InvalidRequest");
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "x-amz-checksum-crc32:y/Q5Jg==\r\n", 200, "")]
    [InlineData("x-amz-checksum-crc32", "x-amz-checksum-crc32:AAAAAA==\r\n", 400, "BadDigest")]
    [InlineData("x-amz-checksum-crc32", "x-amz-checksum-crc32:AAA=\r\n", 400, "InvalidRequest")]
    [InlineData("x-amz-checksum-crc32", "x-amz-checksum-crc32c:4waSgw==\r\n", 400, "MalformedTrailerError")]
    [InlineData("x-amz-checksum-crc32", "", 400, "MalformedTrailerError")]
    [InlineData("x-amz-checksum-crc16", "x-amz-checksum-crc16:AAA=\r\n", 400, "InvalidRequest")]
    public async Task A_trailer_must_be_the_one_announced(string announced, string trailer, int status, string code)
    {
        var bucket = await NewBucketAsync();
        var answer = await Raw.SendAsync(new RawRequest("PUT", $"/{bucket}/key")
        {
            Text = $"9\r\n{Text}\r\n0\r\n{trailer}\r\n",
            PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Headers = new() { ["x-amz-trailer"] = announced, ["x-amz-decoded-content-length"] = "9" },
        });
        if (status == 200)
            answer.ShouldBe(200).Header(announced).ShouldBe("y/Q5Jg==");
        else
            answer.ShouldBeError(status, code);
    }

    [Fact]
    public async Task An_object_without_a_checksum_gets_crc64nvme()
    {
        var bucket = await NewBucketAsync();
        var put = (await Raw.PutAsync($"/{bucket}/key", Text)).ShouldBe(200);
        put.Header("x-amz-checksum-crc64nvme").ShouldBe("rosUhgp5mIg=");
        put.Header("x-amz-checksum-type").ShouldBe("FULL_OBJECT");
        var got = await Raw.SendAsync("GET", $"/{bucket}/key", "", ("x-amz-checksum-mode", "ENABLED"));
        got.Header("x-amz-checksum-crc64nvme").ShouldBe("rosUhgp5mIg=");
        (await Raw.GetAsync($"/{bucket}?list-type=2")).Element("ChecksumAlgorithm").ShouldBe("CRC64NVME");
        (await Raw.PutAsync($"/{bucket}/empty")).Header("x-amz-checksum-crc64nvme").ShouldBe("AAAAAAAAAAA=");
    }

    [Fact]
    public async Task A_part_of_the_bytes_has_no_checksum()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", Text);
        var got = await Raw.SendAsync(
            "GET", $"/{bucket}/key", "", ("x-amz-checksum-mode", "ENABLED"), ("Range", "bytes=0-3"));
        got.Status.ShouldBe(206);
        got.Header("x-amz-checksum-crc64nvme").ShouldBeNull();
        got.Header("x-amz-checksum-type").ShouldBeNull();
    }

    [Fact]
    public async Task A_copy_keeps_the_checksum_or_gets_the_one_asked_for()
    {
        var bucket = await NewBucketAsync();
        await Raw.PutAsync($"/{bucket}/key", Text, ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="));
        var same = await Raw.PutAsync($"/{bucket}/same", "", ("x-amz-copy-source", $"/{bucket}/key"));
        same.Element("ChecksumSHA1").ShouldBe("98O8HYCOBHMq32eZZczDTKeuNEE=");
        same.Element("ChecksumType").ShouldBe("FULL_OBJECT");
        var other = await Raw.PutAsync($"/{bucket}/other", "",
            ("x-amz-copy-source", $"/{bucket}/key"), ("x-amz-checksum-algorithm", "XXHASH3"));
        other.Element("ChecksumXXHASH3").ShouldBe(Sum(ChecksumAlgorithm.XxHash3));
        other.Element("ChecksumSHA1").ShouldBeNull();
    }

    [Fact]
    public async Task The_sdk_sends_and_checks_its_default_checksum()
    {
        var bucket = await NewBucketAsync();
        var put = await S3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest
        {
            BucketName = bucket,
            Key = "key",
            InputStream = new MemoryStream(TestData.Bytes(300_000, seed: 3)),
        });
        (put.ChecksumCRC32 ?? put.ChecksumCRC64NVME ?? put.ChecksumCRC32C).ShouldNotBeNullOrEmpty();
        using var got = await S3.GetObjectAsync(bucket, "key");
        using var bytes = new MemoryStream();
        await got.ResponseStream.CopyToAsync(bytes);
        bytes.ToArray().AsSpan().SequenceEqual(TestData.Bytes(300_000, seed: 3)).ShouldBeTrue();
    }

    // The unit tests have the published vectors of xxHash; here it only has to be the same.
    private static string Sum(ChecksumAlgorithm algorithm)
    {
        using var checksum = Checksum.Create(algorithm);
        checksum.Append("123456789"u8);
        return Convert.ToBase64String(checksum.Finish());
    }
}
