using System.Text.Json;
using CasStore.Api.S3.Access;
using CasStore.Api.S3.Access.Policies;
using CasStore.Api.S3.Errors;

namespace CasStore.Tests.Unit.Access;

/// <summary>The operators of conditions, with one value, several, and none.</summary>
public sealed class ConditionTests
{
    private static readonly Principal Alice = new("a", "alice", "AK", IsRoot: false) { Name = "alice" };

    [Theory]
    [InlineData("StringEquals", "abc", "abc", true)]
    [InlineData("StringEquals", "abc", "ABC", false)]
    [InlineData("StringEquals", "a*", "abc", false)]
    [InlineData("StringEquals", "a*", "a*", true)]
    [InlineData("StringNotEquals", "abc", "abd", true)]
    [InlineData("StringNotEquals", "abc", "abc", false)]
    [InlineData("StringEqualsIgnoreCase", "abc", "ABC", true)]
    [InlineData("StringNotEqualsIgnoreCase", "abc", "ABC", false)]
    [InlineData("StringLike", "a*?", "abc", true)]
    [InlineData("StringLike", "a*", "\na", false)]
    [InlineData("StringNotLike", "a*", "a\nb", false)]
    [InlineData("StringNotLike", "a*", "ba", true)]
    [InlineData("NumericEquals", "10", "10.0", true)]
    [InlineData("NumericNotEquals", "10", "11", true)]
    [InlineData("NumericLessThan", "10", "9", true)]
    [InlineData("NumericLessThan", "10", "10", false)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "10", false)]
    [InlineData("NumericGreaterThanEquals", "10", "10", true)]
    [InlineData("NumericLessThanEquals", "10", "many", false)]
    [InlineData("DateLessThan", "2030-01-01T00:00:00Z", "2029-12-31T23:59:59Z", true)]
    [InlineData("DateGreaterThan", "2030-01-01", "2029-12-31T23:59:59Z", false)]
    [InlineData("DateEquals", "2030-01-01T02:00:00+02:00", "2030-01-01T00:00:00Z", true)]
    [InlineData("DateNotEquals", "2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", false)]
    [InlineData("DateLessThanEquals", "1893456000", "2030-01-01T00:00:00Z", true)]
    [InlineData("DateGreaterThanEquals", "2030-01-01T00:00:00.000Z", "1893456000", true)]
    [InlineData("Bool", "true", "true", true)]
    [InlineData("Bool", "TRUE", "true", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("BinaryEquals", "QUJD", "QUJD", true)]
    [InlineData("BinaryEquals", "QUJD", "QUJE", false)]
    [InlineData("IpAddress", "10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("IpAddress", "10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("IpAddress", "10.1.2.3", "10.1.2.3", true)]
    [InlineData("IpAddress", "10.1.2.3", "10.1.2.4", false)]
    [InlineData("IpAddress", "0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("IpAddress", "0.0.0.0/0", "::1", false)]
    [InlineData("IpAddress", "2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("IpAddress", "2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("NotIpAddress", "10.0.0.0/8", "11.0.0.1", true)]
    [InlineData("NotIpAddress", "10.0.0.0/8", "10.0.0.1", false)]
    [InlineData("ArnEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a", true)]
    [InlineData("ArnLike", "arn:aws:iam", "arn:aws:iam::1:user/a", null)]
    [InlineData("ArnLike", "arn:*:iam::1:user/a", "arn:aws:s3:iam::1:user/a", false)]
    [InlineData("ArnNotEquals", "arn:aws:iam::1:user/a", "arn:aws:iam::1:user/b", true)]
    [InlineData("ArnNotLike", "arn:aws:iam::1:user/*", "arn:aws:iam::1:user/b", false)]
    [InlineData("NumericEquals", "ten", "10", null)]
    [InlineData("DateEquals", "tomorrow", "2030-01-01", null)]
    [InlineData("Bool", "yes", "true", null)]
    [InlineData("IpAddress", "10.0.0.0/33", "10.0.0.0", null)]
    [InlineData("IpAddress", "10.0.0", "10.0.0.0", null)]
    [InlineData("IpAddress", "example.com", "10.0.0.0", null)]
    [InlineData("StringMatches", "a", "a", null)]
    [InlineData("NullIfExists", "true", "a", null)]
    [InlineData("stringequals", "a", "a", null)]
    public void Compares(string name, string value, string requested, bool? holds)
    {
        if (holds is null)
            Should.Throw<S3Exception>(() => Holds(name, [value], requested)).Error.Code.ShouldBe("MalformedPolicy");
        else
            Holds(name, [value], requested).ShouldBe(holds.Value);
    }

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("StringNotEqualsIfExists", true)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", false)]
    public void A_key_that_is_absent(string name, bool holds) => Holds(name, ["a"]).ShouldBe(holds);

    [Theory]
    [InlineData("true", false, true)]
    [InlineData("true", true, false)]
    [InlineData("false", true, true)]
    [InlineData("false", false, false)]
    public void Null_asks_whether_a_key_is_absent(string value, bool present, bool holds) =>
        Holds("Null", [value], present ? ["x"] : []).ShouldBe(holds);

    [Theory]
    [InlineData("StringEquals", "a,b", "b", true)]
    [InlineData("StringNotEquals", "a,b", "b", false)]
    [InlineData("StringNotEquals", "a,b", "c", true)]
    [InlineData("ForAllValues:StringEquals", "a,b", "a,b", true)]
    [InlineData("ForAllValues:StringEquals", "a,b", "a,c", false)]
    [InlineData("ForAnyValue:StringEquals", "a,b", "c,a", true)]
    [InlineData("ForAnyValue:StringEquals", "a,b", "c,d", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a,b", "a,c", true)]
    [InlineData("ForAllValues:StringNotLike", "a*,b*", "c,d", true)]
    [InlineData("ForAllValues:StringNotLike", "a*,b*", "c,bb", false)]
    public void Several_values(string name, string values, string requested, bool holds) =>
        Holds(name, values.Split(','), requested.Split(',')).ShouldBe(holds);

    [Theory]
    [InlineData("Allow", "StringEquals", false)]
    [InlineData("Allow", "StringNotEquals", false)]
    [InlineData("Deny", "StringEquals", false)]
    [InlineData("Deny", "StringNotEquals", true)]
    public void A_variable_without_value_never_allows(string effect, string name, bool applies) =>
        Statement(effect, name, ["${aws:username}"]).Applies(
            Alice, "s3:GetObject", "arn:aws:s3:::b/k", FakeContext.Of("s3:prefix", "x")).ShouldBe(applies);

    private static bool Holds(string name, string[] values, params string[] requested) =>
        Statement("Allow", name, values).Applies(Alice, "s3:GetObject", "arn:aws:s3:::b/k",
            requested.Length == 0 ? new FakeContext() : FakeContext.Of("s3:prefix", requested));

    private static PolicyStatement Statement(string effect, string name, string[] values) => PolicyParser.Parse($$"""
        { "Version": "2012-10-17", "Statement": { "Effect": "{{effect}}", "Principal": "*", "Action": "s3:*",
          "Resource": "arn:aws:s3:::b/*",
          "Condition": { "{{name}}": { "s3:prefix": [{{string.Join(',', values.Select(Quote))}}] } } } }
        """).Statements[0];

    private static string Quote(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
