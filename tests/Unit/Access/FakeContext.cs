using CasStore.Api.S3.Access.Conditions;

namespace CasStore.Tests.Unit.Access;

/// <summary>A request that says what a test wants it to.</summary>
internal sealed class FakeContext : IConditionContext
{
    private readonly Dictionary<string, string[]> _values = new(StringComparer.OrdinalIgnoreCase);

    public FakeContext(params (string Key, string[] Values)[] values)
    {
        foreach (var (key, given) in values)
            _values[key] = given;
    }

    public static FakeContext Of(string key, params string[] values) => new((key, values));

    public IReadOnlyList<string>? Values(string key) => _values.GetValueOrDefault(key);
}
