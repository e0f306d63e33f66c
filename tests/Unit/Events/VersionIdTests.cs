using CasStore.Events.Objects;

namespace CasStore.Tests.Unit.Events;

public sealed class VersionIdTests
{
    [Theory]
    [InlineData(1, "0000000000000001")]
    [InlineData(0xabcdef, "0000000000abcdef")]
    [InlineData(long.MaxValue, "7fffffffffffffff")]
    public void Is_the_position_in_hexadecimal(long position, string id)
    {
        VersionId.Of(position).ShouldBe(id);
        VersionId.IsValid(id).ShouldBeTrue();
        VersionId.Position(id).ShouldBe(position);
    }

    [Fact]
    public void The_null_version_has_no_position()
    {
        VersionId.IsValid("null").ShouldBeTrue();
        VersionId.Position("null").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("Null")]
    [InlineData("0000000000000000")]
    [InlineData("ffffffffffffffff")]
    [InlineData("0000000000ABCDEF")]
    [InlineData("000000000000001 ")]
    [InlineData("+000000000000001")]
    [InlineData("00000000000000001")]
    public void Nothing_else_is_an_id(string text)
    {
        VersionId.IsValid(text).ShouldBeFalse();
        Should.Throw<FormatException>(() => VersionId.Position(text));
    }
}
