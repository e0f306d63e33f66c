namespace CasStore.Projections.Buckets;

/// <summary>
/// The documents that configure a bucket. An instance serves every request until one of them changes, and with it what
/// was made of them: see <see cref="Parsed"/>.
/// </summary>
public sealed class BucketConfigurations(IReadOnlyDictionary<string, string> documents)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, object> _parsed = new(
        StringComparer.Ordinal);

    /// <summary>What a bucket has that was never configured.</summary>
    public static BucketConfigurations None { get; } = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The document of a name (see BucketConfigurationName), or null.</summary>
    public string? this[string name] => documents.GetValueOrDefault(name);

    /// <summary>What a document says, parsed once; null when there is no such document.</summary>
    public T? Parsed<T>(string name, Func<string, T> parse)
        where T : class
    {
        if (this[name] is not { } document)
            return null;
        return (T)_parsed.GetOrAdd(name, _ => parse(document));
    }
}
