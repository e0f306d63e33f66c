using System.Security.Cryptography;
using CasStore.Api.S3.Bodies;
using CasStore.Api.S3.Errors;
using CasStore.BlobCas;

namespace CasStore.Tests.Unit.Bodies;

public class DeclaredChecksumTests
{
    private static readonly byte[] s_digits = "123456789"u8.ToArray();

    /// <summary>Check values of the catalogues: the checksums of the digits 1 to 9.</summary>
    [Theory]
    [InlineData("x-amz-checksum-crc32", "y/Q5Jg==", ChecksumAlgorithm.Crc32)]
    [InlineData("x-amz-checksum-crc32c", "4waSgw==", ChecksumAlgorithm.Crc32C)]
    [InlineData("x-amz-checksum-crc64nvme", "rosUhgp5mIg=", ChecksumAlgorithm.Crc64Nvme)]
    [InlineData("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=", ChecksumAlgorithm.Sha1)]
    [InlineData("X-Amz-Checksum-Sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=", ChecksumAlgorithm.Sha256)]
    public async Task A_checksum_header_is_verified(string header, string value, ChecksumAlgorithm algorithm)
    {
        var body = Open((header, value));
        body.Checksum.ShouldBe(algorithm);
        body.ExpectedChecksum.ShouldBe(value);
        (await body.ReadAllAsync(10, CancellationToken.None)).ShouldBe(s_digits);
        var wrong = Convert.ToBase64String(new byte[algorithm.Size()]);
        var thrown = await Should.ThrowAsync<S3Exception>(() =>
            Open((header, wrong)).ReadAllAsync(10, CancellationToken.None));
        thrown.Error.ShouldBe(S3Errors.BadDigest);
        thrown.Message.ShouldBe($"The {algorithm.Name()} you specified did not match the calculated checksum.");
    }

    [Fact]
    public void Without_a_checksum_there_is_nothing_to_verify()
    {
        var body = Open(("x-amz-checksum-mode", "ENABLED"), ("x-amz-checksum-type", "FULL_OBJECT"),
            ("x-amz-checksum-algorithm", "CRC32"));
        body.Checksum.ShouldBeNull();
        body.ExpectedChecksum.ShouldBeNull();
        body.Verify(new byte[16], []);
    }

    [Theory]
    [InlineData("x-amz-checksum-crc32", "")]
    [InlineData("x-amz-checksum-crc32", "y/Q5")]
    [InlineData("x-amz-checksum-crc32", "not base64!!")]
    [InlineData("x-amz-checksum-sha256", "y/Q5Jg==")]
    public void A_checksum_must_have_its_form(string header, string value) =>
        Refuses($"Value for {header} header is invalid.", (header, value));

    [Fact]
    public void An_unknown_checksum_is_refused() =>
        Refuses("The algorithm type you specified in x-amz-checksum- header is invalid.",
            ("x-amz-checksum-crc16", "AAA="));

    [Fact]
    public void Only_one_checksum_is_taken()
    {
        const string message = "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.";
        Refuses(message, ("x-amz-checksum-crc32", "y/Q5Jg=="), ("x-amz-checksum-crc32c", "4waSgw=="));
        var both = new BodyRequest
        {
            Body = [],
            DecodedLength = 0,
            Payload = ChunkedBody.UnsignedTrailer,
            Headers = { ["x-amz-checksum-crc32"] = "y/Q5Jg==", ["x-amz-trailer"] = "x-amz-checksum-crc32" },
        };
        Should.Throw<S3Exception>(both.Open).Message.ShouldBe(message);
    }

    [Fact]
    public void The_named_algorithm_must_be_the_one_that_comes()
    {
        const string name = "x-amz-sdk-checksum-algorithm";
        Open((name, "crc32"), ("x-amz-checksum-crc32", "y/Q5Jg==")).Checksum.ShouldBe(ChecksumAlgorithm.Crc32);
        Refuses($"Value for {name} header is invalid.", (name, "SHA1"), ("x-amz-checksum-crc32", "y/Q5Jg=="));
        Refuses($"Value for {name} header is invalid.", (name, "MD4"));
        Refuses($"{name} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.",
            (name, "CRC32"));
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", "x-amz-checksum-crc32")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-meta-color")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "x-amz-checksum-crc32,x-amz-checksum-sha1")]
    public void Other_trailers_are_refused(string payload, string trailer) =>
        Should.Throw<S3Exception>(new BodyRequest
        {
            Body = [],
            DecodedLength = 0,
            Payload = payload,
            Headers = { ["x-amz-trailer"] = trailer },
        }.Open).Message.ShouldBe("The value specified in the x-amz-trailer header is not supported");

    [Fact]
    public async Task Completing_an_upload_gives_the_checksum_of_the_object_not_of_the_body()
    {
        var complete = new BodyRequest
        {
            Method = "POST",
            Query = "?uploadId=1",
            Body = s_digits,
            Length = s_digits.Length,
            Headers = { ["x-amz-checksum-crc32"] = "AAAAAA==-2" },
        }.Open();
        complete.Checksum.ShouldBeNull();
        (await complete.ReadAllAsync(10, CancellationToken.None)).ShouldBe(s_digits);
    }

    [Fact]
    public async Task Content_md5_is_verified()
    {
        var md5 = MD5.HashData(s_digits);
        await Open(("Content-MD5", Convert.ToBase64String(md5))).ReadAllAsync(10, CancellationToken.None);
        var other = Convert.ToBase64String(MD5.HashData([1]));
        var thrown = await Should.ThrowAsync<S3Exception>(() =>
            Open(("Content-MD5", other)).ReadAllAsync(10, CancellationToken.None));
        thrown.Error.ShouldBe(S3Errors.BadDigest);
        thrown.Message.ShouldBe("The Content-MD5 you specified did not match what we received.");
        thrown.Details.ShouldBe([("ExpectedDigest", other), ("CalculatedDigest", Convert.ToBase64String(md5))]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("YWJyYWNhZGFicmE=")]
    [InlineData("rL0Y20zC+Fzt72VPzMSk2A=")]
    [InlineData("25f9e794323b453885f5181f1b624d0b")]
    public void Content_md5_must_have_its_form(string value) =>
        Should.Throw<S3Exception>(() => Open(("Content-MD5", value))).Error.ShouldBe(S3Errors.InvalidDigest);

    private static RequestBody Open(params (string Name, string Value)[] headers)
    {
        var request = new BodyRequest { Body = s_digits, Length = s_digits.Length };
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        return request.Open();
    }

    private static void Refuses(string message, params (string Name, string Value)[] headers)
    {
        var thrown = Should.Throw<S3Exception>(() => Open(headers));
        thrown.Error.ShouldBe(S3Errors.InvalidRequest);
        thrown.Message.ShouldBe(message);
    }
}
