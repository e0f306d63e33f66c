using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Lifecycle;

/// <summary>The lifecycle rules of a bucket.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html</remarks>
public sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRule> Rules)
{
    public const string Root = "LifecycleConfiguration";

    private const int MaxRules = 1000;

    /// <summary>Reads a LifecycleConfiguration document.</summary>
    /// <param name="configuration">Its root.</param>
    /// <param name="newId">Makes the id of a rule that has none.</param>
    /// <exception cref="S3Exception">A rule is not one, or rules contradict each other.</exception>
    public static LifecycleConfiguration Parse(XmlNode configuration, Func<string> newId)
    {
        configuration.RequireOnly("Rule");
        if (configuration.Children.Count is 0 or > MaxRules)
            throw new S3Exception(S3Errors.MalformedXml);
        var rules = configuration.Children.Select(rule => LifecycleRule.Parse(rule, newId)).ToList();
        if (rules.DistinctBy(rule => rule.Id, StringComparer.Ordinal).Count() != rules.Count)
        {
            throw new S3Exception(
                S3Errors.InvalidArgument, "Rule ID must be unique. Found same ID for more than one rule");
        }
        var old = rules.Where(rule => rule.Filter is null).ToList();
        if (old.Count > 0 && old.Count < rules.Count)
        {
            throw Invalid(
                "Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.");
        }
        RequireDisjoint(old);
        return new LifecycleConfiguration(rules);
    }

    /// <summary>The document, as GetBucketLifecycleConfiguration shows it.</summary>
    public XmlDocument Write()
    {
        var document = new XmlDocument(Root);
        foreach (var rule in Rules)
            rule.Write(document);
        return document;
    }

    /// <summary>
    /// In the older form no object may have two rules for the same action. A prefix that begins with another follows it
    /// in byte order, with nothing but its likes between them.
    /// </summary>
    private static void RequireDisjoint(IReadOnlyList<LifecycleRule> rules)
    {
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (!prefixes.Add(rule.OldPrefix!))
                throw Invalid($"Found two rules with same prefix '{rule.OldPrefix}'");
        }
        foreach (var action in rules.SelectMany(rule => rule.Actions).Distinct(StringComparer.Ordinal))
        {
            var sorted = rules.Where(rule => rule.Actions.Contains(action, StringComparer.Ordinal))
                .Select(rule => rule.OldPrefix!)
                .Order(StringComparer.Ordinal)
                .ToList();
            foreach (var (shorter, longer) in sorted.Zip(sorted.Skip(1)))
            {
                if (longer.StartsWith(shorter, StringComparison.Ordinal))
                {
                    throw Invalid(
                        $"Found overlapping prefixes '{shorter}' and '{longer}' for same action type '{action}'");
                }
            }
        }
    }

    private static S3Exception Invalid(string message) => new(S3Errors.InvalidRequest, message);
}
