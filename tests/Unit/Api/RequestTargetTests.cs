using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Api;

public sealed class RequestTargetTests
{
    [Theory]
    [InlineData("/", null, null)]
    [InlineData("/?max-buckets=1", null, null)]
    [InlineData("/bucket", "bucket", null)]
    [InlineData("/bucket/", "bucket", null)]
    [InlineData("/bucket/key", "bucket", "key")]
    [InlineData("/bucket/a/../b", "bucket", "a/../b")]
    [InlineData("/bucket/..", "bucket", "..")]
    [InlineData("/bucket//a//b/", "bucket", "/a//b/")]
    [InlineData("/bucket/a%2Fb", "bucket", "a/b")]
    [InlineData("/bucket/a+b%2Bc%20d", "bucket", "a+b+c d")]
    [InlineData("/bucket/%25%3F%23", "bucket", "%?#")]
    [InlineData("/bucket/%C3%BC%f0%9f%98%80", "bucket", "ü😀")]
    [InlineData("http://host:9000/bucket/key?x", "bucket", "key")]
    [InlineData("http://host", null, null)]
    public void Keys_mean_themselves(string target, string? bucket, string? key)
    {
        var parsed = RequestTarget.Parse(target, "localhost", domain: null);
        (parsed.Bucket, parsed.Key).ShouldBe((bucket, key));
    }

    [Theory]
    [InlineData("/bucket/%")]
    [InlineData("/bucket/%4")]
    [InlineData("/bucket/%zz")]
    [InlineData("/bucket/%FF")]
    [InlineData("/bucket/%C3%28")]
    [InlineData("/bucket/%ED%A0%80")]
    [InlineData("/bucket/%00")]
    [InlineData("/bucket?prefix=%00")]
    [InlineData("/bucket?prefix=%F")]
    [InlineData("*")]
    public void Rejects_what_is_no_text(string target) =>
        Should.Throw<S3Exception>(() => RequestTarget.Parse(target, "localhost", domain: null))
            .Error.ShouldBe(S3Errors.InvalidUri);

    [Fact]
    public void Rejects_a_key_longer_than_1024_bytes()
    {
        RequestTarget.Parse("/b/" + new string('k', 1024), "localhost", domain: null).Key!.Length.ShouldBe(1024);
        foreach (var key in new[] { new string('k', 1025), string.Concat(Enumerable.Repeat("%C3%BC", 513)) })
        {
            Should.Throw<S3Exception>(() => RequestTarget.Parse("/b/" + key, "localhost", domain: null))
                .Error.ShouldBe(S3Errors.KeyTooLongError);
        }
    }

    [Theory]
    [InlineData("bucket.s3.test", "bucket", "a/b")]
    [InlineData("my.dotted.bucket.S3.test", "my.dotted.bucket", "a/b")]
    [InlineData("s3.test", "a", "b")]
    [InlineData("buckets3.test", "a", "b")]
    [InlineData("other", "a", "b")]
    public void The_host_may_name_the_bucket(string host, string bucket, string key)
    {
        var parsed = RequestTarget.Parse("/a/b", host, "s3.test");
        (parsed.Bucket, parsed.Key).ShouldBe((bucket, key));
    }

    [Fact]
    public void Query_parameters_are_decoded_as_forms_are()
    {
        var query = RequestTarget.Parse("/b?prefix=a+b%2Bc&delimiter&marker=&prefix=2&PREFIX=3", "h", null).Query;
        query["prefix"].ShouldBe("a b+c");
        query["delimiter"].ShouldBe("");
        query["marker"].ShouldBe("");
        query.Has("max-keys").ShouldBeFalse();
        query["PREFIX"].ShouldBe("3");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("1000", 1000)]
    [InlineData("99999", 1000)]
    public void Counts_are_cut_to_the_most(string text, int expected) =>
        QueryParameters.Parse($"max-keys={text}").Number("max-keys", 5, 0, 1000).ShouldBe(expected);

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("2147483648")]
    public void Counts_that_make_no_sense_are_refused(string text) =>
        Should.Throw<S3Exception>(() => QueryParameters.Parse($"max-keys={text}").Number("max-keys", 5, 0, 1000))
            .Error.ShouldBe(S3Errors.InvalidArgument);

    [Fact]
    public void Any_key_comes_back_from_its_escapes() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), text =>
        {
            var key = new string(text.Get.Where(c => c != 0 && !char.IsSurrogate(c)).Take(300).ToArray());
            return key.Length == 0 ||
                RequestTarget.Parse("/b/" + Uri.EscapeDataString(key), "h", null).Key == key;
        }).QuickCheckThrowOnFailure();
}
