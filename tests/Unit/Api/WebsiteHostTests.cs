using CasStore.Api.S3.Website;

namespace CasStore.Tests.Unit.Api;

public sealed class WebsiteHostTests
{
    [Theory]
    [InlineData("one.s3-website.example.test", "one")]
    [InlineData("one.s3-website-eu-west-1.example.test", "one")]
    [InlineData("one.s3-website.eu-west-1.example.test", "one")]
    [InlineData("WWW.One.S3-Website.Example.Test", "www.one")]
    [InlineData("one.s3-website.us-east-1.example.test", null)]
    [InlineData("one.s3-website-us-east-1.example.test", null)]
    [InlineData("s3-website.example.test", null)]
    [InlineData(".s3-website.example.test", null)]
    [InlineData("ones3-website.example.test", null)]
    [InlineData("one.example.test", null)]
    [InlineData("one.s3-website.example.com", null)]
    public void The_host_names_the_bucket_and_that_it_is_a_website(string host, string? bucket) =>
        WebsiteHost.Bucket(host, "example.test", "eu-west-1").ShouldBe(bucket);

    [Fact]
    public void Without_a_domain_there_are_no_websites() =>
        WebsiteHost.Bucket("one.s3-website.example.test", domain: null, "eu-west-1").ShouldBeNull();
}
