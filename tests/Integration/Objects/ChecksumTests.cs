using System.Security.Cryptography;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.Objects;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html</summary>
public sealed class ChecksumTests : StoreTests
{
    // Check values of the CRC catalogue for "123456789": CBF43926, E3069283 and AE8B14860A799888.
    public static TheoryData<string, string> OfNineDigits => new()
    {
        { "crc32", Convert.ToBase64String(Convert.FromHexString("CBF43926")) },
        { "crc32c", Convert.ToBase64String(Convert.FromHexString("E3069283")) },
        { "crc64nvme", Convert.ToBase64String(Convert.FromHexString("AE8B14860A799888")) },
        { "sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=" },
        { "sha256", Convert.ToBase64String(SHA256.HashData("123456789"u8)) },
    };

    [Theory]
    [MemberData(nameof(OfNineDigits))]
    public async Task Verifies_keeps_and_tells_a_checksum(string algorithm, string value)
    {
        var bucket = await NewBucketAsync();
        var header = $"x-amz-checksum-{algorithm}";
        (await Raw.PutAsync($"/{bucket}/key", "123456789", (header, value))).ShouldBe(200)
            .Header(header).ShouldBe(value);
        var asked = await Raw.SendAsync("HEAD", $"/{bucket}/key", "", ("x-amz-checksum-mode", "ENABLED"));
        asked.ShouldBe(200).Header(header).ShouldBe(value);
        asked.Header("x-amz-checksum-type").ShouldBe("FULL_OBJECT");
        (await Raw.SendAsync("HEAD", $"/{bucket}/key")).Header(header).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(OfNineDigits))]
    public async Task Rejects_a_checksum_of_other_bytes(string algorithm, string value)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "987654321", ($"x-amz-checksum-{algorithm}", value)))
            .ShouldBeError(400, "BadDigest");
        (await Raw.GetAsync($"/{bucket}/key")).ShouldBeError(404, "NoSuchKey");
    }

    [Theory]
    [InlineData("crc32", "AAA=")]
    [InlineData("sha256", "not base64")]
    public async Task Rejects_a_checksum_that_is_none(string algorithm, string value)
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", ($"x-amz-checksum-{algorithm}", value)))
            .ShouldBeError(400, "InvalidRequest");
    }

    [Fact]
    public async Task Rejects_two_checksums()
    {
        var bucket = await NewBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "123456789",
            ("x-amz-checksum-crc32", Convert.ToBase64String(Convert.FromHexString("CBF43926"))),
            ("x-amz-checksum-crc32c", Convert.ToBase64String(Convert.FromHexString("E3069283")))))
            .ShouldBeError(400, "InvalidRequest");
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
}
