using CasStore.Api.S3.Access.Policies;

namespace CasStore.Tests.Unit.Access;

/// <summary>Wildcards: every character of a key counts as one, and no pattern takes long.</summary>
public sealed class GlobTests
{
    [Theory]
    [InlineData("*", "")]
    [InlineData("*", "anything/at\nall")]
    [InlineData("a*c", "ac")]
    [InlineData("a*c", "a\nb\r\nc")]
    [InlineData("a*c", "abcabc")]
    [InlineData("a?c", "a\nc")]
    [InlineData("a?c", "a😀c")]
    [InlineData("*?", "😀")]
    [InlineData("a*b?d*", "axxbcdyy")]
    [InlineData("**a**", "a")]
    [InlineData("a.c", "a.c")]
    [InlineData("[a-z]+$", "[a-z]+$")]
    [InlineData("ключ*", "ключ/1")]
    public void Matches(string pattern, string value) => Of(pattern).Matches(value).ShouldBeTrue();

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "A")]
    [InlineData("a.c", "abc")]
    [InlineData("a?c", "ac")]
    [InlineData("a?c", "abbc")]
    [InlineData("??", "😀")]
    [InlineData("*a", "ab")]
    [InlineData("a*b*c", "acb")]
    [InlineData("a*", "b\na")]
    public void Does_not_match(string pattern, string value) => Of(pattern).Matches(value).ShouldBeFalse();

    [Theory]
    [InlineData("s3:get*", "s3:GetObject", true)]
    [InlineData("S3:GETOBJECT", "s3:GetObject", true)]
    [InlineData("s3:get?bject", "s3:GetObject", true)]
    [InlineData("s3:put*", "s3:GetObject", false)]
    public void Case_may_be_ignored(string pattern, string value, bool matches) =>
        Of(pattern).Matches(value, ignoreCase: true).ShouldBe(matches);

    [Fact]
    public void A_value_has_no_wildcards()
    {
        Of("a*").Matches("*").ShouldBeFalse();
        Of("secret").Matches("s*").ShouldBeFalse();
        Of("a?").Matches("a*").ShouldBeTrue();
    }

    [Fact]
    public void No_pattern_takes_exponential_time()
    {
        var pattern = Of(string.Concat(Enumerable.Repeat("a*", 500)) + "b");
        pattern.Matches(new string('a', 5000)).ShouldBeFalse();
        pattern.MatchesSomeTextAfter(new string('a', 200)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("*", "bucket/", true)]
    [InlineData("bucket", "bucket/", false)]
    [InlineData("bucket/", "bucket/", true)]
    [InlineData("bucket/*", "bucket/", true)]
    [InlineData("bucket*", "bucket/", true)]
    [InlineData("bucke?", "bucket/", false)]
    [InlineData("bucke??a", "bucket/", true)]
    [InlineData("b*/folder/x", "bucket/", true)]
    [InlineData("other/*", "bucket/", false)]
    [InlineData("bucket2/*", "bucket/", false)]
    public void Knows_whether_some_longer_text_could_match(string pattern, string prefix, bool could) =>
        Of(pattern).MatchesSomeTextAfter(prefix).ShouldBe(could);

    private static Glob Of(string pattern) =>
        PolicyPattern.Parse(pattern, variables: false).Resolve(new FakeContext())!.Value;
}
