namespace CasStore.Api.S3.Access.Conditions;

/// <summary>What a request says under the condition keys of policies.</summary>
public interface IConditionContext
{
    /// <summary>The values of a key, written in any case; null when the request has none.</summary>
    IReadOnlyList<string>? Values(string key);
}
