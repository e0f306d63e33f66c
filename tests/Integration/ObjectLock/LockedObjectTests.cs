using System.Globalization;
using CasStore.Tests.Integration.Harness;

namespace CasStore.Tests.Integration.ObjectLock;

/// <summary>Locks that new objects come with: by headers, or by the bucket's default.</summary>
public sealed class LockedObjectTests : VersionTests
{
    private const string Mode = "x-amz-object-lock-mode", Until = "x-amz-object-lock-retain-until-date";
    private const string Hold = "x-amz-object-lock-legal-hold";
    private static readonly string Tomorrow = Date(DateTime.UtcNow.AddDays(1));

    [Fact]
    public async Task Headers_lock_what_put_copy_and_multipart_make()
    {
        var bucket = await NewLockedBucketAsync();
        (string, string)[] headers = [(Mode, "COMPLIANCE"), (Until, Tomorrow), (Hold, "ON")];
        await PutVersionAsync($"/{bucket}/from", "x");
        await PutVersionAsync($"/{bucket}/put", "x", [.. headers, Md5("x")]);
        (await Raw.PutAsync($"/{bucket}/copy", "", [.. headers, ("x-amz-copy-source", $"{bucket}/from")]))
            .ShouldBe(200);
        await UploadAsync($"/{bucket}/parts", headers);
        foreach (var key in new[] { "put", "copy", "parts" })
        {
            var got = (await Raw.GetAsync($"/{bucket}/{key}")).ShouldBe(200);
            (got.Header(Mode), got.Header(Hold)).ShouldBe(("COMPLIANCE", "ON"), key);
            got.Header(Until).ShouldStartWith(Tomorrow[..^1], customMessage: key);
            (await DeleteAsync($"/{bucket}/{key}", got.Header("x-amz-version-id"))).ShouldBeError(403, "AccessDenied");
        }
    }

    [Fact]
    public async Task A_copy_does_not_have_the_locks_of_its_source()
    {
        var bucket = await NewLockedBucketAsync();
        await PutVersionAsync($"/{bucket}/from", "x", (Mode, "COMPLIANCE"), (Until, Tomorrow), (Hold, "ON"), Md5("x"));
        (await Raw.PutAsync($"/{bucket}/copy", "", ("x-amz-copy-source", $"{bucket}/from"))).ShouldBe(200);
        var copy = await Raw.GetAsync($"/{bucket}/copy");
        (copy.Header(Mode), copy.Header(Until), copy.Header(Hold)).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task The_default_retention_is_of_what_comes_without_one()
    {
        var bucket = await NewLockedBucketAsync();
        var before = await PutVersionAsync($"/{bucket}/before", "x");
        (await Raw.PutAsync($"/{bucket}?object-lock", $"<ObjectLockConfiguration {Namespace}>" +
            "<ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode>" +
            "<Days>3</Days></DefaultRetention></Rule></ObjectLockConfiguration>")).ShouldBe(200);
        await PutVersionAsync($"/{bucket}/put", "x", Md5("x"));
        (await Raw.PutAsync($"/{bucket}/copy", "", ("x-amz-copy-source", $"{bucket}/before"))).ShouldBe(200);
        await UploadAsync($"/{bucket}/parts");
        foreach (var key in new[] { "put", "copy", "parts" })
        {
            var got = await Raw.GetAsync($"/{bucket}/{key}");
            got.Header(Mode).ShouldBe("GOVERNANCE", key);
            var modified = DateTime.ParseExact(got.Header("Last-Modified")!, "R", CultureInfo.InvariantCulture);
            DateTime.Parse(got.Header(Until)!, CultureInfo.InvariantCulture).ToUniversalTime()
                .ShouldBe(modified.AddDays(3), TimeSpan.FromSeconds(1));
            (await DeleteAsync($"/{bucket}/{key}", got.Header("x-amz-version-id"))).ShouldBeError(403, "AccessDenied");
        }
        await PutVersionAsync($"/{bucket}/own", "x", (Mode, "COMPLIANCE"), (Until, Tomorrow), Md5("x"));
        (await Raw.GetAsync($"/{bucket}/own")).Header(Mode).ShouldBe("COMPLIANCE");
        (await DeleteAsync($"/{bucket}/before", before)).ShouldBe(204);
        (await DeleteAsync($"/{bucket}/put", await MarkAsync($"/{bucket}/put"))).ShouldBe(204);
    }

    [Theory]
    [InlineData(Mode, "GOVERNANCE", null, null,
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied")]
    [InlineData(Until, "2099-01-01T00:00:00Z", null, null,
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied")]
    [InlineData(Mode, "governance", Until, "2099-01-01T00:00:00Z", "Unknown wormMode directive.")]
    [InlineData(Mode, "GOVERNANCE", Until, "2001-01-01T00:00:00Z", "The retain until date must be in the future!")]
    [InlineData(Mode, "GOVERNANCE", Until, "Thu, 01 Jan 2099 00:00:00 GMT",
        "The retain until date must be provided in ISO 8601 format")]
    [InlineData(Mode, "GOVERNANCE", Until, "2099-01-01",
        "The retain until date must be provided in ISO 8601 format")]
    [InlineData(Hold, "on", null, null, "Legal Hold must be either of 'ON' or 'OFF'")]
    public async Task Rejects_headers_that_lock_nothing(
        string name, string value, string? other, string? otherValue, string message)
    {
        var bucket = await NewLockedBucketAsync();
        (string, string)[] headers = other is null
            ? [(name, value), Md5("x")]
            : [(name, value), (other, otherValue!), Md5("x")];
        (await Raw.PutAsync($"/{bucket}/key", "x", headers)).ShouldBeError(400, "InvalidArgument", message);
        (await Raw.SendAsync("POST", $"/{bucket}/key?uploads", "", headers[..^1]))
            .ShouldBeError(400, "InvalidArgument", message);
        (await VersionsAsync(bucket)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Hold, "ON")]
    [InlineData(Hold, "OFF")]
    [InlineData(Mode, "GOVERNANCE")]
    public async Task Rejects_locks_where_there_is_no_object_lock(string name, string value)
    {
        var bucket = await NewVersionedBucketAsync();
        await PutVersionAsync($"/{bucket}/from", "x");
        (string, string)[] headers = name == Mode ? [(name, value), (Until, Tomorrow)] : [(name, value)];
        const string Message = "Bucket is missing Object Lock Configuration";
        (await Raw.PutAsync($"/{bucket}/key", "x", [.. headers, Md5("x")]))
            .ShouldBeError(400, "InvalidRequest", Message);
        (await Raw.SendAsync("POST", $"/{bucket}/key?uploads", "", headers))
            .ShouldBeError(400, "InvalidRequest", Message);
        (await Raw.PutAsync($"/{bucket}/key", "", [.. headers, ("x-amz-copy-source", $"{bucket}/from")]))
            .ShouldBeError(400, "InvalidRequest", Message);
    }

    [Fact]
    public async Task A_put_with_a_lock_must_say_what_its_bytes_are()
    {
        var bucket = await NewLockedBucketAsync();
        (await Raw.PutAsync($"/{bucket}/key", "x", (Hold, "ON"))).ShouldBeError(400, "InvalidRequest",
            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock " +
            "parameters");
        await S3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest
        {
            BucketName = bucket,
            Key = "sdk",
            ContentBody = "x",
            ObjectLockLegalHoldStatus = Amazon.S3.ObjectLockLegalHoldStatus.On,
        });
        (await Raw.GetAsync($"/{bucket}/sdk")).Header(Hold).ShouldBe("ON");
    }

    private async Task UploadAsync(string target, params (string, string)[] headers)
    {
        var id = (await Raw.SendAsync("POST", $"{target}?uploads", "", headers)).ShouldBe(200).Element("UploadId");
        var part = (await Raw.PutAsync($"{target}?partNumber=1&uploadId={id}", "x")).ShouldBe(200).Header("ETag");
        (await Raw.SendAsync("POST", $"{target}?uploadId={id}",
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber>" +
            $"<ETag>{part}</ETag></Part></CompleteMultipartUpload>")).ShouldBe(200);
    }
}
