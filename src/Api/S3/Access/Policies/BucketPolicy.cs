using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Api.S3.Access.Policies;

/// <summary>What a policy says to a request.</summary>
public enum PolicyVerdict
{
    /// <summary>Nothing: no statement is about it.</summary>
    Silent,
    Allow,

    /// <summary>A statement denies it, whatever others allow.</summary>
    Deny,
}

/// <summary>A bucket policy.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
/// </remarks>
public sealed class BucketPolicy
{
    public BucketPolicy(IReadOnlyList<PolicyStatement> statements)
    {
        Statements = statements;
        UsesExistingTags = statements.Any(statement =>
            statement.Conditions.Any(condition => ConditionKeys.IsExistingTag(condition.Key))
            || statement.Resources.Any(resource => resource.Variables.Any(ConditionKeys.IsExistingTag))
            || statement.Conditions.Any(condition => condition.Values.Any(value =>
                PolicyPattern.Parse(value, variables: true).Variables.Any(ConditionKeys.IsExistingTag))));
        IsPublic = PublicPolicy.IsPublic(statements);
    }

    public IReadOnlyList<PolicyStatement> Statements { get; }

    /// <summary>Whether it must be known how the object is tagged.</summary>
    public bool UsesExistingTags { get; }

    /// <summary>Whether it lets in the public.</summary>
    public bool IsPublic { get; }

    /// <summary>What it says to a request.</summary>
    /// <param name="principal">Who asks.</param>
    /// <param name="action">For what, as <c>s3:GetObject</c>.</param>
    /// <param name="resource">ARN of what it is done to.</param>
    /// <param name="context">Everything else about the request.</param>
    public PolicyVerdict Evaluate(Principal principal, string action, string resource, IConditionContext context)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in Statements)
        {
            // Once something allows, only what denies can make a difference.
            if (verdict == PolicyVerdict.Allow && !statement.Denies)
                continue;
            if (!statement.Applies(principal, action, resource, context))
                continue;
            if (statement.Denies)
                return PolicyVerdict.Deny;
            verdict = PolicyVerdict.Allow;
        }
        return verdict;
    }
}
