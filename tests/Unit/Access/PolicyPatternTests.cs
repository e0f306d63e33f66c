using CasStore.Api.S3.Access.Policies;

namespace CasStore.Tests.Unit.Access;

/// <summary>Policy variables.</summary>
public sealed class PolicyPatternTests
{
    private static readonly FakeContext Alice = FakeContext.Of("aws:username", "alice");

    [Theory]
    [InlineData("home/${aws:username}/*", "home/alice/file", true)]
    [InlineData("home/${AWS:UserName}/*", "home/alice/file", true)]
    [InlineData("home/${aws:username}/*", "home/bob/file", false)]
    [InlineData("home/${ aws:username }/*", "home/alice/file", true)]
    [InlineData("${aws:username, 'nobody'}", "alice", true)]
    [InlineData("${s3:prefix, 'nobody'}", "nobody", true)]
    [InlineData("${*}${?}${$}", "*?$", true)]
    [InlineData("${*}", "anything", false)]
    [InlineData("${aws:username", "${aws:username", true)]
    [InlineData("$aws", "$aws", true)]
    public void Variables_stand_for_what_the_request_says(string pattern, string value, bool matches) =>
        PolicyPattern.Parse(pattern, variables: true).Resolve(Alice)!.Value.Matches(value).ShouldBe(matches);

    [Fact]
    public void The_older_version_has_none() =>
        PolicyPattern.Parse("${aws:username}", variables: false).Resolve(Alice)!.Value
            .Matches("${aws:username}").ShouldBeTrue();

    [Fact]
    public void A_value_that_is_absent_or_several_leaves_it_open()
    {
        var pattern = PolicyPattern.Parse("home/${aws:username}", variables: true);
        pattern.Resolve(new FakeContext()).ShouldBeNull();
        pattern.Resolve(FakeContext.Of("aws:username", "alice", "bob")).ShouldBeNull();
    }

    [Fact]
    public void What_a_variable_stands_for_is_no_wildcard()
    {
        var pattern = PolicyPattern.Parse("${aws:username}/*", variables: true);
        var star = FakeContext.Of("aws:username", "*");
        pattern.Resolve(star)!.Value.Matches("alice/key").ShouldBeFalse();
        pattern.Resolve(star)!.Value.Matches("*/key").ShouldBeTrue();
        PolicyPattern.Parse("${aws:username}", variables: true).Resolve(FakeContext.Of("aws:username", "a?"))!.Value
            .Matches("ab").ShouldBeFalse();
    }
}
