namespace CasStore.Api.S3.Forms;

/// <summary>What a policy says of a field's value.</summary>
/// <param name="Operation">eq or starts-with.</param>
/// <param name="Field">Name of the field in lower case.</param>
/// <param name="Value">What the value is, or begins with.</param>
public sealed record PolicyCondition(string Operation, string Field, string Value)
{
    public const string Equal = "eq";
    public const string StartsWith = "starts-with";

    /// <summary>Whether a value fulfils it. Of several content types each must.</summary>
    public bool Holds(string value)
    {
        if (Operation == Equal)
            return value == Value;
        return Field == "content-type" && value.Contains(',', StringComparison.Ordinal)
            ? value.Split(',', StringSplitOptions.TrimEntries).All(Begins)
            : Begins(value);
    }

    /// <summary>As S3's messages show it.</summary>
    public override string ToString() => $"[\"{Operation}\", \"${Field}\", \"{Value}\"]";

    private bool Begins(string value) => value.StartsWith(Value, StringComparison.Ordinal);
}
