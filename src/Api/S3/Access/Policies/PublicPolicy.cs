using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>
/// Whether a policy is public: whether a statement allows everybody something, without a condition that holds for
/// known values only.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
/// </remarks>
public static class PublicPolicy
{
    // A wider range of addresses is no longer a set of known ones.
    private const int WidestIPv4 = 8, WidestIPv6 = 32;

    private static readonly string[] FixingKeys =
    [
        "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:SourceAccount",
        "aws:SourceArn", "aws:SourceIp", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceVpc", "aws:SourceVpce",
        "aws:SourceVpcArn", "aws:userid", "aws:username", "s3:DataAccessPointAccount", "s3:DataAccessPointArn",
    ];

    private static readonly IpRange[] PrivateRanges =
        [IpRange.Parse("10.0.0.0/8")!, IpRange.Parse("172.16.0.0/12")!, IpRange.Parse("192.168.0.0/16")!];

    public static bool IsPublic(IEnumerable<PolicyStatement> statements) => statements.Any(statement =>
        !statement.Denies
        && (statement.ExceptsPrincipals || statement.Principals.Any(one => one is PolicyPrincipal.Anyone))
        && !statement.Conditions.Any(IsFixed));

    private static bool IsFixed(Condition condition)
    {
        if (condition.IfExists || condition.Negated || condition.IsNull
            || condition.Qualifier == SetQualifier.ForAllValues
            || !FixingKeys.Contains(condition.Key, StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }
        return condition.Operator switch
        {
            "IpAddress" => condition.Values.All(IsNarrow),
            "StringEquals" or "StringEqualsIgnoreCase" => condition.Values.All(IsWithoutVariable),
            "StringLike" or "ArnLike" or "ArnEquals" => condition.Values.All(value =>
                IsWithoutVariable(value) && !value.AsSpan().ContainsAny('*', '?')),
            _ => false,
        };
    }

    private static bool IsWithoutVariable(string value) => !value.Contains("${", StringComparison.Ordinal);

    private static bool IsNarrow(string value) => IpRange.Parse(value) is { } range
        && (range.Bits >= (range.IsIPv4 ? WidestIPv4 : WidestIPv6) || PrivateRanges.Any(range.IsWithin));
}
