using System.Globalization;
using System.Net;
using CasStore.Api.S3.Access.Policies;

namespace CasStore.Api.S3.Access.Conditions;

/// <summary>The operators of conditions.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
/// </remarks>
public static class ConditionOperators
{
    /// <summary>
    /// The comparison that an operator makes with a value of the policy, and whether the operator is its negation.
    /// </summary>
    /// <param name="name">Name of the operator, without qualifier and IfExists.</param>
    /// <param name="value">The policy's value.</param>
    /// <param name="variables">Whether the policy's version has variables.</param>
    /// <returns>Null for an unknown operator; a null test for a value that the operator cannot have.</returns>
    public static (ValueTest? Test, bool Negated)? Find(string name, string value, bool variables) => name switch
    {
        "StringEquals" => (Text(value, variables, wildcards: false), false),
        "StringNotEquals" => (Text(value, variables, wildcards: false), true),
        "StringEqualsIgnoreCase" => (Text(value, variables, wildcards: false, ignoreCase: true), false),
        "StringNotEqualsIgnoreCase" => (Text(value, variables, wildcards: false, ignoreCase: true), true),
        "StringLike" => (Text(value, variables, wildcards: true), false),
        "StringNotLike" => (Text(value, variables, wildcards: true), true),
        "NumericEquals" => (Number(value, order => order == 0), false),
        "NumericNotEquals" => (Number(value, order => order == 0), true),
        "NumericLessThan" => (Number(value, order => order < 0), false),
        "NumericLessThanEquals" => (Number(value, order => order <= 0), false),
        "NumericGreaterThan" => (Number(value, order => order > 0), false),
        "NumericGreaterThanEquals" => (Number(value, order => order >= 0), false),
        "DateEquals" => (Date(value, order => order == 0), false),
        "DateNotEquals" => (Date(value, order => order == 0), true),
        "DateLessThan" => (Date(value, order => order < 0), false),
        "DateLessThanEquals" => (Date(value, order => order <= 0), false),
        "DateGreaterThan" => (Date(value, order => order > 0), false),
        "DateGreaterThanEquals" => (Date(value, order => order >= 0), false),
        "Bool" => (Truth(value), false),
        "Null" => (Truth(value), false),
        "BinaryEquals" => (Binary(value), false),
        "IpAddress" => (Address(value), false),
        "NotIpAddress" => (Address(value), true),
        "ArnEquals" or "ArnLike" => (Arn(value, variables), false),
        "ArnNotEquals" or "ArnNotLike" => (Arn(value, variables), true),
        _ => null,
    };

    private static ValueTest Text(string value, bool variables, bool wildcards, bool ignoreCase = false)
    {
        var pattern = PolicyPattern.Parse(value, variables, wildcards);
        return (requested, context) => pattern.Resolve(context)?.Matches(requested, ignoreCase);
    }

    private static ValueTest? Number(string value, Func<int, bool> holds) => ParseNumber(value) is { } number
        ? (requested, _) => ParseNumber(requested) is { } given && holds(given.CompareTo(number))
        : null;

    private static ValueTest? Date(string value, Func<int, bool> holds) => ConditionDate.Parse(value) is { } date
        ? (requested, _) => ConditionDate.Parse(requested) is { } given && holds(given.CompareTo(date))
        : null;

    private static ValueTest? Truth(string value) => bool.TryParse(value, out var wanted)
        ? (requested, _) => bool.TryParse(requested, out var given) && given == wanted
        : null;

    private static ValueTest? Binary(string value) => FromBase64(value) is { } bytes
        ? (requested, _) => FromBase64(requested) is { } given && given.AsSpan().SequenceEqual(bytes)
        : null;

    private static ValueTest? Address(string value) => IpRange.Parse(value) is { } range
        ? (requested, _) => IPAddress.TryParse(requested, out var given) && range.Contains(given)
        : null;

    /// <summary>Each of the six parts of an ARN is matched by itself: a wildcard does not reach over a colon.</summary>
    private static ValueTest? Arn(string value, bool variables)
    {
        var parts = value.Split(':', 6);
        // A variable may have a colon in it, and "*" is short for any ARN.
        if (value == "*")
            return (requested, _) => requested.StartsWith("arn:", StringComparison.Ordinal);
        if (parts.Length != 6 || parts[0] != "arn")
            return null;
        var patterns = Array.ConvertAll(parts, part => PolicyPattern.Parse(part, variables));
        return (requested, context) =>
        {
            var given = requested.Split(':', 6);
            if (given.Length != 6)
                return false;
            for (var i = 0; i < 6; i++)
            {
                if (patterns[i].Resolve(context) is not { } pattern)
                    return null;
                if (!pattern.Matches(given[i]))
                    return false;
            }
            return true;
        };
    }

    private static decimal? ParseNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
