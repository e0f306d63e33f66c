using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>A statement of a policy: whom it lets do, or keeps from doing, what to which resources, and when.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
/// </remarks>
public sealed record PolicyStatement
{
    public string? Sid { get; init; }

    /// <summary>Whether it denies; else it allows.</summary>
    public required bool Denies { get; init; }

    public required IReadOnlyList<PolicyPrincipal> Principals { get; init; }

    /// <summary>Whether it is about everybody but the principals (NotPrincipal).</summary>
    public bool ExceptsPrincipals { get; init; }

    public required IReadOnlyList<PolicyPattern> Actions { get; init; }

    /// <summary>Whether it is about everything but the actions (NotAction).</summary>
    public bool ExceptsActions { get; init; }

    public required IReadOnlyList<PolicyPattern> Resources { get; init; }

    /// <summary>Whether it is about everything but the resources (NotResource).</summary>
    public bool ExceptsResources { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Whether it is about a request.</summary>
    public bool Applies(Principal principal, string action, string resource, IConditionContext context) =>
        AppliesToPrincipal(principal)
        && AppliesToAction(action, context)
        && AppliesToResource(resource, context)
        && Conditions.All(condition => condition.Holds(context, Denies));

    private bool AppliesToPrincipal(Principal principal) =>
        Principals.Any(one => one.Matches(principal)) != ExceptsPrincipals;

    private bool AppliesToAction(string action, IConditionContext context) =>
        Actions.Any(pattern => pattern.Resolve(context)?.Matches(action, ignoreCase: true) == true) != ExceptsActions;

    private bool AppliesToResource(string resource, IConditionContext context)
    {
        var unclear = false;
        foreach (var pattern in Resources)
        {
            var glob = pattern.Resolve(context);
            if (glob is { } clear && clear.Matches(resource))
                return !ExceptsResources;
            unclear |= glob is null;
        }
        // Who cannot be told apart from the exception is denied, and not allowed.
        return ExceptsResources && (!unclear || Denies);
    }
}
