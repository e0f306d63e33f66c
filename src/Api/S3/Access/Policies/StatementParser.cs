using System.Text.Json;
using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>Reads a statement of a policy document.</summary>
internal static class StatementParser
{
    public static PolicyStatement Parse(JsonElement element, bool variables)
    {
        var members = PolicyParser.Members(element, "Sid", "Effect", "Principal", "NotPrincipal", "Action",
            "NotAction", "Resource", "NotResource", "Condition");
        var (principal, exceptsPrincipals) = OneOf(members, "Principal", "NotPrincipal");
        var (action, exceptsActions) = OneOf(members, "Action", "NotAction");
        var (resource, exceptsResources) = OneOf(members, "Resource", "NotResource");
        return new PolicyStatement
        {
            Sid = members.TryGetValue("Sid", out var sid)
                ? PolicyParser.Strings(sid, "Invalid policy syntax.").Single()
                : null,
            Denies = Effect(members),
            Principals = Principals(principal),
            ExceptsPrincipals = exceptsPrincipals,
            Actions = PolicyParser.Strings(action, "Policy has invalid action")
                .ConvertAll(text => PolicyPattern.Parse(text, variables: false)),
            ExceptsActions = exceptsActions,
            Resources = PolicyParser.Strings(resource, "Policy has invalid resource")
                .ConvertAll(text => PolicyPattern.Parse(text, variables)),
            ExceptsResources = exceptsResources,
            Conditions = members.TryGetValue("Condition", out var condition) ? Conditions(condition, variables) : [],
        };
    }

    private static bool Effect(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("Effect", out var effect))
            throw PolicyParser.Malformed("Missing required field Effect");
        return PolicyParser.Strings(effect, "Invalid policy syntax.") switch
        {
            ["Allow"] => false,
            ["Deny"] => true,
            var other => throw PolicyParser.Malformed($"Invalid effect: {other[0]}"),
        };
    }

    private static (JsonElement Element, bool Excepts) OneOf(
        Dictionary<string, JsonElement> members, string name, string exceptName)
    {
        var excepts = members.TryGetValue(exceptName, out var except);
        if (!members.TryGetValue(name, out var element))
            return excepts ? (except, true) : throw PolicyParser.Malformed($"Missing required field {name}");
        return excepts
            ? throw PolicyParser.Malformed($"Statement has both {name} and {exceptName}")
            : (element, false);
    }

    private static List<PolicyPrincipal> Principals(JsonElement element)
    {
        const string Invalid = "Invalid principal in policy";
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString() == "*"
                ? [PolicyPrincipal.Anyone.Instance]
                : throw PolicyParser.Malformed(Invalid);
        }
        if (element.ValueKind != JsonValueKind.Object)
            throw PolicyParser.Malformed(Invalid);
        var principals = new List<PolicyPrincipal>();
        foreach (var (kind, values) in PolicyParser.Members(element))
        {
            foreach (var value in PolicyParser.Strings(values, Invalid))
            {
                principals.Add(kind switch
                {
                    "AWS" => PolicyPrincipal.Parse(value),
                    "CanonicalUser" when value.Length > 0 && value != "*" => PolicyPrincipal.OfCanonicalUser(value),
                    "Service" when value.Contains('.', StringComparison.Ordinal) => PolicyPrincipal.Elsewhere.Instance,
                    "Federated" when value.Length > 0 && value != "*" => PolicyPrincipal.Elsewhere.Instance,
                    _ => null,
                } ?? throw PolicyParser.Malformed(Invalid));
            }
        }
        return principals.Count > 0 ? principals : throw PolicyParser.Malformed(Invalid);
    }

    private static List<Condition> Conditions(JsonElement element, bool variables)
    {
        var conditions = new List<Condition>();
        foreach (var (name, keys) in PolicyParser.Members(element))
        {
            foreach (var (key, values) in PolicyParser.Members(keys))
                conditions.Add(ReadCondition(name, key, values, variables));
        }
        return conditions;
    }

    private static Condition ReadCondition(string name, string key, JsonElement element, bool variables)
    {
        if (!ConditionKeys.IsKnown(key))
            throw PolicyParser.Malformed("Policy has an invalid condition key");
        var (qualifier, rest) = name switch
        {
            _ when name.StartsWith("ForAllValues:", StringComparison.Ordinal) =>
                (SetQualifier.ForAllValues, name["ForAllValues:".Length..]),
            _ when name.StartsWith("ForAnyValue:", StringComparison.Ordinal) =>
                (SetQualifier.ForAnyValue, name["ForAnyValue:".Length..]),
            _ => (SetQualifier.None, name),
        };
        // "Null" asks for existence itself.
        var ifExists = rest.EndsWith("IfExists", StringComparison.Ordinal) && rest != "NullIfExists";
        var operatorName = ifExists ? rest[..^"IfExists".Length] : rest;
        var values = ConditionValues(element);
        var tests = new List<ValueTest>();
        var negated = false;
        foreach (var value in values)
        {
            if (ConditionOperators.Find(operatorName, value, variables) is not { } found)
                throw PolicyParser.Malformed($"Invalid Condition type : {name}");
            negated = found.Negated;
            tests.Add(found.Test ?? throw PolicyParser.Malformed($"Invalid value for condition {name} : {value}"));
        }
        return new Condition
        {
            Operator = operatorName,
            Key = key,
            Values = values,
            Tests = tests,
            Negated = negated,
            IfExists = ifExists,
            Qualifier = qualifier,
        };
    }

    /// <summary>Texts; numbers and truth values may also stand as JSON's own.</summary>
    private static List<string> ConditionValues(JsonElement element)
    {
        var values = PolicyParser.Elements(element);
        if (values.Length == 0)
            throw PolicyParser.Malformed("Invalid policy syntax.");
        return [.. values.Select(value => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw PolicyParser.Malformed("Invalid policy syntax."),
        })];
    }
}
