using CasStore.Api.S3.Access.Policies;

namespace CasStore.Tests.Unit.Access;

/// <summary>Which policies let in the public.</summary>
public sealed class PublicPolicyTests
{
    private const string Everyone = "\"Principal\":\"*\"";

    [Theory]
    [InlineData(Everyone, true)]
    [InlineData("""  "Principal":{"AWS":"*"}  """, true)]
    [InlineData("""  "Principal":{"AWS":["arn:aws:iam:::user/a","*"]}  """, true)]
    [InlineData("""  "NotPrincipal":{"AWS":"arn:aws:iam:::user/a"}  """, true)]
    [InlineData("""  "Principal":{"AWS":"arn:aws:iam:::user/a"}  """, false)]
    [InlineData("""  "Principal":{"CanonicalUser":"a"}  """, false)]
    [InlineData("""  "Principal":{"Service":"logging.s3.amazonaws.com"}  """, false)]
    public void By_principal(string principal, bool isPublic) =>
        IsPublic("Allow", principal, "{}").ShouldBe(isPublic);

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}""", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","10.0.0.0/8"]}}""", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"64.0.0.0/2"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"2001::/16"}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"2001:db8::/32"}}""", false)]
    [InlineData("""{"IpAddressIfExists":{"aws:SourceIp":"192.0.2.0/24"}}""", true)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:SourceVpc":"vpc-1"}}""", false)]
    [InlineData("""{"StringLike":{"aws:SourceVpc":"vpc-1"}}""", false)]
    [InlineData("""{"StringLike":{"aws:SourceVpc":"vpc-*"}}""", true)]
    [InlineData("""{"StringNotEquals":{"aws:SourceVpc":"vpc-1"}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:SourceVpc":"vpc-1"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:PrincipalArn":"${aws:username}"}}""", true)]
    [InlineData("""{"ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:111122223333:topic"}}""", false)]
    [InlineData("""{"StringEquals":{"s3:prefix":"public"}}""", true)]
    [InlineData("""{"StringLike":{"aws:Referer":"http://example.com/*"}}""", true)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", true)]
    public void By_condition(string condition, bool isPublic) =>
        IsPublic("Allow", Everyone, condition).ShouldBe(isPublic);

    [Fact]
    public void What_denies_makes_nothing_public() => IsPublic("Deny", Everyone, "{}").ShouldBeFalse();

    private static bool IsPublic(string effect, string principal, string condition) => PolicyParser.Parse($$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}",{{principal}},"Action":"s3:*",
        "Resource":"arn:aws:s3:::b/*","Condition":{{condition}}}]}
        """).IsPublic;
}
