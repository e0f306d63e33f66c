using System.Text;
using CasStore.Projections.Engine;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.Projections;

public sealed class KeyRangeTests
{
    [Theory]
    [InlineData("a", "b")]
    [InlineData("a/", "a0")]
    [InlineData("a\uD7FF", "a\uE000")]
    [InlineData("a\U0010FFFF", "b")]
    [InlineData("", null)]
    [InlineData("\U0010FFFF", null)]
    public void The_end_of_a_prefix_is_its_last_character_raised(string prefix, string? end) =>
        KeyRange.AfterPrefix(prefix).ShouldBe(end);

    [Theory]
    [InlineData("", null, null, "")]
    [InlineData("p/", null, null, "p/")]
    [InlineData("p/", null, "a", "p/")]
    [InlineData("p/", null, "p/x", "p/x\u0001")]
    [InlineData("", "/", "p/x", "p0")]
    [InlineData("p/", "/", "p/x/y", "p/x0")]
    [InlineData("p/", "/", "q", "q\u0001")]
    public void A_listing_starts_after_its_marker_and_skips_the_marker_s_common_prefix(
        string prefix, string? delimiter, string? after, string? start) =>
        KeyRange.Start(prefix, delimiter, after).ShouldBe(start);

    [Fact]
    public void Comparison_is_that_of_UTF8_bytes() => Prop.ForAll(Keys, Keys, (left, right) =>
        Math.Sign(KeyRange.Compare(left, right)) ==
        Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_lies_between_a_prefix_s_keys_and_its_end() => Prop.ForAll(Keys, Keys, (prefix, key) =>
    {
        var end = KeyRange.AfterPrefix(prefix);
        var inRange = KeyRange.Compare(key, prefix) >= 0 && (end is null || KeyRange.Compare(key, end) < 0);
        return inRange == key.StartsWith(prefix, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<string> Keys =>
        Gen.Elements("a", "b", "/", "\u0001", "é", "\uD7FF", "\uE000", "\U0001F600", "\U0010FFFF")
        .ListOf().Select(string.Concat).ToArbitrary();
}
