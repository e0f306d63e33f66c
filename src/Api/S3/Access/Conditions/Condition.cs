namespace CasStore.Api.S3.Access.Conditions;

/// <summary>Compares a request's value with one of the policy; null when the policy's has no meaning there.</summary>
public delegate bool? ValueTest(string requested, IConditionContext context);

/// <summary>How a condition takes several values of a request.</summary>
public enum SetQualifier
{
    None,

    /// <summary>Every value must hold; none at all does.</summary>
    ForAllValues,

    /// <summary>One value must hold.</summary>
    ForAnyValue,
}

/// <summary>One condition of a statement: operator, key, and the values of which one must match.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
/// </remarks>
public sealed record Condition
{
    /// <summary>Name of the operator without qualifier and IfExists.</summary>
    public required string Operator { get; init; }

    public required string Key { get; init; }

    /// <summary>The values as the policy has them.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Compares with each of <see cref="Values"/>.</summary>
    public required IReadOnlyList<ValueTest> Tests { get; init; }

    /// <summary>Whether it holds when no value matches.</summary>
    public bool Negated { get; init; }

    public bool IfExists { get; init; }
    public SetQualifier Qualifier { get; init; }

    /// <summary>The operator that asks whether the key is absent.</summary>
    public bool IsNull => Operator == "Null";

    /// <summary>Whether the condition holds for a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="forDeny">Whether its statement denies: what cannot be told then counts as holding.</param>
    public bool Holds(IConditionContext context, bool forDeny)
    {
        var requested = context.Values(Key);
        if (IsNull)
        {
            var absent = requested is null ? "true" : "false";
            return Values.Any(value => value.Equals(absent, StringComparison.OrdinalIgnoreCase));
        }
        if (requested is null or [])
            return IfExists || Qualifier == SetQualifier.ForAllValues || (Qualifier == SetQualifier.None && Negated);
        return Qualifier == SetQualifier.ForAllValues || (Qualifier == SetQualifier.None && Negated)
            ? requested.All(value => HoldsFor(value, context, forDeny))
            : requested.Any(value => HoldsFor(value, context, forDeny));
    }

    private bool HoldsFor(string value, IConditionContext context, bool forDeny)
    {
        var unclear = false;
        foreach (var test in Tests)
        {
            var matches = test(value, context);
            if (matches == true)
                return !Negated;
            unclear |= matches is null;
        }
        return Negated && (!unclear || forDeny);
    }
}
