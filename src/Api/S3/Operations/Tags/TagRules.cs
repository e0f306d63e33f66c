namespace CasStore.Api.S3.Operations.Tags;

/// <summary>What differs between the tags of buckets and those of objects.</summary>
/// <param name="Most">Most tags.</param>
/// <param name="Subject">What S3's message calls them when there are more.</param>
/// <param name="ReservedPrefix">S3's message about keys that begin with <c>aws:</c>.</param>
public sealed record TagRules(int Most, string Subject, string ReservedPrefix)
{
    public static TagRules Bucket { get; } = new(
        50, "Bucket tag count", "System tags cannot be added/updated by requester");

    public static TagRules Object { get; } = new(10, "Object tags", "Your TagKey cannot be prefixed with aws:");
}
