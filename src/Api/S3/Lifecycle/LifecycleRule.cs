using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Xml;

namespace CasStore.Api.S3.Lifecycle;

/// <summary>What becomes of some objects of a bucket, and when.</summary>
/// <param name="Id">Unique in its configuration.</param>
/// <param name="IsEnabled">Whether it is carried out.</param>
/// <param name="OldPrefix">The prefix of a rule in the older form, without filter.</param>
/// <param name="Filter">The filter of a rule in the newer form.</param>
/// <param name="Expiration">For current versions.</param>
/// <param name="Noncurrent">For replaced versions.</param>
/// <param name="Abort">For uploads.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html</remarks>
public sealed record LifecycleRule(
    string Id, bool IsEnabled, string? OldPrefix, LifecycleFilter? Filter, LifecycleExpiration? Expiration,
    NoncurrentVersionExpiration? Noncurrent, AbortIncompleteUpload? Abort)
{
    private const int MaxId = 255;
    private static readonly string[] Transitions = ["Transition", "NoncurrentVersionTransition"];

    /// <summary>The elements of its actions.</summary>
    public IEnumerable<string> Actions
    {
        get
        {
            if (Expiration is not null)
                yield return LifecycleExpiration.Element;
            if (Noncurrent is not null)
                yield return NoncurrentVersionExpiration.Element;
            if (Abort is not null)
                yield return AbortIncompleteUpload.Element;
        }
    }

    /// <summary>Reads a Rule element.</summary>
    /// <param name="rule">The element.</param>
    /// <param name="newId">Makes the id of a rule that has none.</param>
    /// <exception cref="S3Exception">The rule is not one, or not one that can be carried out.</exception>
    public static LifecycleRule Parse(XmlNode rule, Func<string> newId)
    {
        RequireNoTransitions(rule);
        rule.RequireOnly("ID", "Status", "Prefix", "Filter", LifecycleExpiration.Element,
            NoncurrentVersionExpiration.Element, AbortIncompleteUpload.Element);
        var id = rule.TextOf("ID");
        var parsed = new LifecycleRule(
            string.IsNullOrEmpty(id) ? newId() : id,
            ParseStatus(rule),
            rule.TextOf("Prefix"),
            rule.Child("Filter") is { } filter ? LifecycleFilter.Parse(filter) : null,
            rule.Child(LifecycleExpiration.Element) is { } current ? LifecycleExpiration.Parse(current) : null,
            rule.Child(NoncurrentVersionExpiration.Element) is { } noncurrent
                ? NoncurrentVersionExpiration.Parse(noncurrent)
                : null,
            rule.Child(AbortIncompleteUpload.Element) is { } abort ? AbortIncompleteUpload.Parse(abort) : null);
        parsed.Validate();
        return parsed;
    }

    /// <summary>Writes the Rule element.</summary>
    public void Write(XmlDocument document)
    {
        document.Open("Rule").Element("ID", Id).Element("Prefix", OldPrefix);
        Filter?.Write(document);
        document.Element("Status", IsEnabled ? "Enabled" : "Disabled");
        Expiration?.Write(document);
        Noncurrent?.Write(document);
        Abort?.Write(document);
        document.Close("Rule");
    }

    private void Validate()
    {
        if (Id.Length > MaxId)
            throw new S3Exception(S3Errors.InvalidArgument, "ID length should not exceed allowed limit of 255");
        if ((OldPrefix is null) == (Filter is null))
            throw new S3Exception(S3Errors.MalformedXml);
        if (!Actions.Any())
            throw Invalid("At least one action needs to be specified in a rule");
        if (Noncurrent?.KeepNewest is not null && Filter is null)
            throw Invalid("NewerNoncurrentVersions element can only be used in Lifecycle V2.");
        if (Filter is null)
            return;
        if (Abort is not null)
            RequireEveryObject(Filter, AbortIncompleteUpload.Element);
        if (Expiration?.ExpiredDeleteMarkers is not null)
            RequireEveryObject(Filter, "ExpiredObjectDeleteMarker");
    }

    /// <summary>Uploads and delete markers have neither tags nor a size.</summary>
    private static void RequireEveryObject(LifecycleFilter filter, string action)
    {
        if (filter.Tags.Count > 0)
            throw Invalid($"{action} cannot be specified with Tags.");
        if (filter.HasSizes)
            throw Invalid($"{action} cannot be specified with Object Size.");
    }

    private static bool ParseStatus(XmlNode rule) => rule.TextOf("Status") switch
    {
        "Enabled" => true,
        "Disabled" => false,
        _ => throw new S3Exception(S3Errors.MalformedXml),
    };

    /// <summary>Objects have one place to be in; a rule that can move none must not look as if it did.</summary>
    private static void RequireNoTransitions(XmlNode rule)
    {
        if (rule.Children.FirstOrDefault(child => Transitions.Contains(child.Name)) is { } transition)
        {
            throw new S3Exception(S3Errors.NotImplemented,
                $"{transition.Name} is not implemented: this store has one storage tier.",
                ("Header", transition.Name));
        }
    }

    private static S3Exception Invalid(string message) => new(S3Errors.InvalidRequest, message);
}
