using CasStore.Api.S3.Operations.Buckets;

namespace CasStore.Tests.Unit.Api;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html</summary>
public sealed class BucketNameTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("a-b.c1")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.x")]
    [InlineData("name--at-home")]
    [InlineData("name--at-e")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012")]
    public void Accepts(string name) => BucketName.IsValid(name).ShouldBeTrue();

    [Theory]
    [InlineData("ab")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("Abc")]
    [InlineData("a_c")]
    [InlineData("-bc")]
    [InlineData("ab-")]
    [InlineData(".bc")]
    [InlineData("a..c")]
    [InlineData("192.168.5.4")]
    [InlineData("xn--bucket")]
    [InlineData("sthree-bucket")]
    [InlineData("bucket-s3alias")]
    [InlineData("bucket--ol-s3")]
    [InlineData("büchse")]
    [InlineData("name--at-20261121t093000z")]
    [InlineData("name--at-e12345")]
    public void Refuses(string name) => BucketName.IsValid(name).ShouldBeFalse();
}
