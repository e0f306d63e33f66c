using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Headers;
using Microsoft.AspNetCore.Http;

namespace CasStore.Tests.Unit.Api;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("x-amz-server-side-encryption", "AES256")]
    [InlineData("X-Amz-Server-Side-Encryption-Customer-Key", "x")]
    [InlineData("x-amz-copy-source-server-side-encryption-customer-key", "x")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-grant-read", "id=1")]
    [InlineData("x-amz-object-ownership", "ObjectWriter")]
    [InlineData("x-amz-write-offset-bytes", "1")]
    [InlineData("x-casstore-as-of", "e1")]
    public void A_header_that_would_be_ignored_is_refused(string name, string value) =>
        Should.Throw<S3Exception>(
            () => UnsupportedHeaders.Refuse(new HeaderDictionary { [name] = value }, "UploadPart"))
            .Error.ShouldBe(S3Errors.NotImplemented);

    [Theory]
    [InlineData("CreateBucket", "x-amz-acl", "public-read")]
    [InlineData("CreateBucket", "x-amz-object-ownership", "ObjectWriter")]
    [InlineData("PutBucketAcl", "x-amz-grant-full-control", "id=1")]
    [InlineData("PutObject", "x-amz-acl", "public-read")]
    [InlineData("CopyObject", "X-Amz-Grant-Read", "id=1")]
    [InlineData("CreateMultipartUpload", "x-amz-acl", "public-read")]
    [InlineData("PutObjectAcl", "x-amz-grant-read-acp", "id=1")]
    public void An_operation_takes_the_headers_that_it_heeds(string operation, string name, string value) =>
        UnsupportedHeaders.Refuse(new HeaderDictionary { [name] = value }, operation);

    [Theory]
    [InlineData("x-amz-acl", "private")]
    [InlineData("x-amz-acl", "bucket-owner-full-control")]
    [InlineData("x-amz-tagging-directive", "COPY")]
    [InlineData("x-amz-object-ownership", "BucketOwnerEnforced")]
    [InlineData("x-amz-bucket-object-lock-enabled", "true")]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-mfa", "1 2")]
    [InlineData("x-amz-meta-x-amz-acl", "public-read")]
    [InlineData("x-amz-date", "20260101T000000Z")]
    [InlineData("Content-Type", "text/plain")]
    public void A_header_that_asks_for_nothing_new_is_taken(string name, string value) =>
        UnsupportedHeaders.Refuse(new HeaderDictionary { [name] = value }, "UploadPart");

    [Fact]
    public void User_metadata_is_kept_as_sent_in_lower_case_and_order()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["X-Amz-Meta-B"] = "=?UTF-8?B?w7w=?=";
        request.Headers["x-amz-meta-A"] = new[] { "1", "2" };
        var metadata = MetadataHeaders.Read(request);
        metadata.User.ShouldNotBeNull().ShouldBe(
            [new("a", "1,2"), new("b", "=?UTF-8?B?w7w=?=")]);
        metadata.ContentType.ShouldBeNull();
    }

    [Fact]
    public void The_transfer_coding_of_uploads_is_no_encoding_of_the_object()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.ContentEncoding = "aws-chunked,gzip";
        MetadataHeaders.Read(request).ContentEncoding.ShouldBe("gzip");
    }

    [Theory]
    [InlineData("STANDARD", null)]
    [InlineData("STANDARD_IA", "STANDARD_IA")]
    [InlineData("GLACIER_IR", "GLACIER_IR")]
    public void Storage_classes_are_kept_unless_they_are_the_standard(string sent, string? kept) =>
        MetadataHeaders.StorageClass(new HeaderDictionary { ["x-amz-storage-class"] = sent }).ShouldBe(kept);

    [Theory]
    [InlineData("standard")]
    [InlineData("CARDBOARD")]
    public void An_unknown_storage_class_is_refused(string sent) =>
        Should.Throw<S3Exception>(() =>
                MetadataHeaders.StorageClass(new HeaderDictionary { ["x-amz-storage-class"] = sent }))
            .Error.ShouldBe(S3Errors.InvalidStorageClass);

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void User_metadata_has_two_kibibytes(int bytes, bool allowed)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-amz-meta-ab"] = new string('v', bytes - 2);
        if (allowed)
            MetadataHeaders.Read(request).User.ShouldNotBeNull();
        else
            Should.Throw<S3Exception>(() => MetadataHeaders.Read(request)).Error.ShouldBe(S3Errors.MetadataTooLarge);
    }
}
